import {API, get, pages} from './api.ts';
import {Store} from '../base/store.ts';

/** A camera as far as people look for it. */
export interface Camera {
  readonly id: string;
  readonly name: string;
  /** Whether it has a small stream besides. */
  readonly hasSub: boolean;
}

/** A part of the organisation (Unit of the contract). */
export interface Unit {
  readonly id: number;
  readonly kind: 'ministry' | 'region' | 'district' | 'site';
  readonly name: string;
}

export type Summary = 'recording' | 'streaming' | 'connecting' | 'failing' | 'off';

interface AnsweredCamera {
  readonly id: string;
  readonly name: string;
  readonly sub: string | null;
}

const PAGE = 500;

/** Only what is kept of a camera: of 20,000 the rest would be megabytes. */
function kept({id, name, sub}: AnsweredCamera): Camera {
  return {id, name: name || id, hasSub: sub !== null};
}

/** The cameras that this account may see, filled page by page. */
export class CameraIndex extends Store<ReadonlyMap<string, Camera>> {
  /** Whether all of them are there. */
  readonly complete = new Store(false);

  constructor() {
    super(new Map());
  }

  /** Reads all of them; what was known stays until then. */
  async load(): Promise<void> {
    const found = new Map<string, Camera>();
    for await (const page of pages<AnsweredCamera>(`${API}/cameras?limit=${PAGE}`)) {
      for (const camera of page) {
        found.set(camera.id, kept(camera));
      }
      this.set(new Map([...this.value, ...found]));
    }
    this.set(found);
    this.complete.set(true);
  }

  name(id: string): string {
    return this.value.get(id)?.name ?? id;
  }

  /** Those whose name or id holds a text, at most `most`; letter case does not matter. */
  search(text: string, most: number): Camera[] {
    const wanted = text.trim().toLocaleLowerCase();
    const found: Camera[] = [];
    for (const camera of this.value.values()) {
      if (found.length === most) {
        break;
      }
      if (camera.name.toLocaleLowerCase().includes(wanted) || camera.id.includes(wanted)) {
        found.push(camera);
      }
    }
    return found;
  }
}

/** The units over which the caller has a role. */
export async function ownUnits(): Promise<Unit[]> {
  return (await get<{items: Unit[]}>(`${API}/units`)).items;
}

/** The units right below a unit. */
export async function unitsBelow(unit: number): Promise<Unit[]> {
  const found: Unit[] = [];
  for await (const page of pages<Unit>(`${API}/units/${unit}/units?limit=${PAGE}`)) {
    found.push(...page);
  }
  return found;
}

/** The cameras of a unit and of all below it. */
export async function camerasOf(unit: number): Promise<Camera[]> {
  const found: Camera[] = [];
  for await (const page of pages<AnsweredCamera>(`${API}/units/${unit}/cameras?limit=${PAGE}`)) {
    found.push(...page.map(kept));
  }
  return found;
}

/** How a camera is doing, in one word. */
export async function summaryOf(camera: string): Promise<Summary> {
  const path = `${API}/cameras/${encodeURIComponent(camera)}/status`;
  return (await get<{summary: Summary}>(path)).summary;
}
