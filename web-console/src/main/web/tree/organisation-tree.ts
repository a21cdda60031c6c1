import type {Camera, Unit} from '../server/cameras.ts';

/** A line of the tree as it is shown. */
export type Row =
  | {readonly type: 'unit'; readonly key: string; readonly level: number; readonly unit: Unit;
    readonly state: Branch}
  /** All cameras of a unit that has units below it. */
  | {readonly type: 'all'; readonly key: string; readonly level: number; readonly unit: Unit;
    readonly state: Branch}
  | {readonly type: 'camera'; readonly key: string; readonly level: number;
    readonly camera: Camera}
  | {readonly type: 'nothing'; readonly key: string; readonly level: number};

export type Branch = 'closed' | 'reading' | 'open';

/** Where the tree reads from. */
export interface TreeSource {
  ownUnits(): Promise<Unit[]>;
  unitsBelow(unit: number): Promise<Unit[]>;
  /** Of the unit and of all below it. */
  camerasOf(unit: number): Promise<Camera[]>;
}

/** The organisation, read branch by branch as people open it. */
export class OrganisationTree {
  readonly #source: TreeSource;
  readonly #changed: () => void;
  readonly #states = new Map<string, Branch>();
  readonly #units = new Map<number, readonly Unit[]>();
  readonly #cameras = new Map<number, readonly Camera[]>();
  #roots: readonly Unit[] = [];
  #rows: readonly Row[] | null = null;

  /** @param changed called when there are other rows */
  constructor(source: TreeSource, changed: () => void) {
    this.#source = source;
    this.#changed = changed;
  }

  /** Reads where the caller begins; a single unit is opened at once. */
  async begin(): Promise<void> {
    this.#roots = await this.#source.ownUnits();
    this.#show();
    const [only] = this.rows();
    if (this.#roots.length === 1 && only) {
      await this.open(only);
    }
  }

  /** Everything that is open, from top to bottom. */
  rows(): readonly Row[] {
    this.#rows ??= this.#roots.flatMap(unit => this.#unitRows(unit, 1));
    return this.#rows;
  }

  /** Opens a branch; one that cannot be read stays closed, and the failure goes to the caller. */
  async open(row: Row): Promise<void> {
    if ((row.type !== 'unit' && row.type !== 'all') || row.state !== 'closed') {
      return;
    }
    this.#set(row.key, 'reading');
    try {
      if (row.type === 'unit') {
        await this.#readUnit(row.unit);
      } else {
        await this.#readCameras(row.unit);
      }
      this.#set(row.key, 'open');
    } catch (e) {
      this.#set(row.key, 'closed');
      throw e;
    }
  }

  close(row: Row): void {
    this.#set(row.key, 'closed');
  }

  async #readUnit(unit: Unit): Promise<void> {
    const below = await this.#source.unitsBelow(unit.id);
    this.#units.set(unit.id, below);
    if (below.length === 0) {
      await this.#readCameras(unit);
    }
  }

  async #readCameras(unit: Unit): Promise<void> {
    this.#cameras.set(unit.id, await this.#source.camerasOf(unit.id));
  }

  #set(key: string, state: Branch): void {
    this.#states.set(key, state);
    this.#show();
  }

  #show(): void {
    this.#rows = null;
    this.#changed();
  }

  #state(key: string): Branch {
    return this.#states.get(key) ?? 'closed';
  }

  #unitRows(unit: Unit, level: number): Row[] {
    const key = `unit-${unit.id}`;
    const state = this.#state(key);
    const row: Row = {type: 'unit', key, level, unit, state};
    if (state !== 'open') {
      return [row];
    }
    const below = this.#units.get(unit.id) ?? [];
    return below.length === 0
      ? [row, ...this.#cameraRows(unit, level + 1)]
      : [row, ...this.#allRows(unit, level + 1), ...below.flatMap(one =>
        this.#unitRows(one, level + 1))];
  }

  #allRows(unit: Unit, level: number): Row[] {
    const key = `all-${unit.id}`;
    const state = this.#state(key);
    const row: Row = {type: 'all', key, level, unit, state};
    return state === 'open' ? [row, ...this.#cameraRows(unit, level + 1)] : [row];
  }

  #cameraRows(unit: Unit, level: number): Row[] {
    const cameras = this.#cameras.get(unit.id) ?? [];
    return cameras.length === 0
      ? [{type: 'nothing', key: `nothing-${unit.id}`, level}]
      : cameras.map(camera =>
        ({type: 'camera', key: `camera-${unit.id}-${camera.id}`, level, camera}));
  }
}
