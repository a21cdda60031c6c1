import {LAYOUTS, MOST_TILES, isLayoutName} from './layout.ts';
import type {LayoutName} from './layout.ts';

/** What a wall shows. A change makes another one. */
export interface Wall {
  readonly layout: LayoutName;
  /** A camera's id for each tile of the largest layout; tiles beyond the layout keep theirs. */
  readonly cameras: ReadonlyArray<string | null>;
  /** The tile that keys go to. */
  readonly focus: number;
  /** The tile that fills the wall, or null. */
  readonly alone: number | null;
}

const MOST_ID = 100;

export const EMPTY: Wall = {
  layout: '4', cameras: Array.from({length: MOST_TILES}, () => null), focus: 0, alone: null
};

/** A wall as it was kept; whatever cannot be right is left out. */
export function restored(kept: unknown): Wall {
  if (typeof kept !== 'object' || kept === null) {
    return EMPTY;
  }
  const {layout, cameras} = kept as Record<string, unknown>;
  const ids = Array.isArray(cameras) ? cameras : [];
  return {
    ...EMPTY,
    layout: isLayoutName(layout) ? layout : EMPTY.layout,
    cameras: EMPTY.cameras.map((_, i) => {
      const id: unknown = ids[i];
      return typeof id === 'string' && id.length > 0 && id.length <= MOST_ID ? id : null;
    })
  };
}

export function tileCount(wall: Wall): number {
  return LAYOUTS[wall.layout].places.length;
}

export function withLayout(wall: Wall, layout: LayoutName): Wall {
  const focus = Math.min(wall.focus, LAYOUTS[layout].places.length - 1);
  return {...wall, layout, focus, alone: null};
}

export function focused(wall: Wall, tile: number): Wall {
  return {...wall, focus: tile, alone: wall.alone === null ? null : tile};
}

/** One tile over the whole wall, or all of them again. */
export function toggledAlone(wall: Wall, tile: number): Wall {
  return {...wall, focus: tile, alone: wall.alone === null ? tile : null};
}

export function together(wall: Wall): Wall {
  return {...wall, alone: null};
}

/** A camera in a tile; where it was before comes what was in the tile. */
export function placed(wall: Wall, tile: number, camera: string): Wall {
  const cameras = [...wall.cameras];
  const before = cameras.indexOf(camera);
  if (before >= 0) {
    cameras[before] = cameras[tile] ?? null;
  }
  cameras[tile] = camera;
  return {...wall, cameras, focus: tile};
}

export function cleared(wall: Wall, tile: number): Wall {
  return {...wall, cameras: wall.cameras.map((camera, i) => i === tile ? null : camera)};
}

/** Where a camera goes that is chosen without a tile: the focused one if empty, else the first empty. */
export function nextFree(wall: Wall): number {
  if (wall.cameras[wall.focus] === null) {
    return wall.focus;
  }
  const free = wall.cameras.findIndex((camera, i) => camera === null && i < tileCount(wall));
  return free < 0 ? wall.focus : free;
}

/** Every free tile filled, in order, with cameras that are not on the wall yet. */
export function filled(wall: Wall, cameras: readonly string[]): Wall {
  const waiting = cameras.filter(camera => !wall.cameras.includes(camera));
  const count = tileCount(wall);
  return {
    ...wall,
    cameras: wall.cameras.map((camera, i) =>
      camera === null && i < count ? waiting.shift() ?? null : camera)
  };
}

/** The camera `step` places further in a list, from the one in a tile; the first from none. */
export function following(
  list: readonly string[], camera: string | null, step: number
): string | null {
  if (list.length === 0) {
    return null;
  }
  const at = camera === null ? -1 : list.indexOf(camera);
  const next = at < 0 ? 0 : (at + step + list.length) % list.length;
  return list[next] ?? null;
}
