/** How the wall is divided. Tiles are numbered from the upper left, the large one first. */

export type LayoutName = '1' | '4' | '9' | '16' | '1+5' | '1+7';

/** Where a tile is, in cells of the grid. */
export interface Place {
  readonly column: number;
  readonly row: number;
  readonly span: number;
}

export interface Layout {
  /** Cells from edge to edge. */
  readonly cells: number;
  readonly places: readonly Place[];
  /** The key that chooses it. */
  readonly key: string;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

function even(cells: number, key: string): Layout {
  const places = Array.from({length: cells * cells}, (_, i) =>
    ({column: i % cells, row: Math.floor(i / cells), span: 1}));
  return {cells, places, key};
}

/** A large tile in the upper left corner, small ones to the right of it and below. */
function withLarge(cells: number, key: string): Layout {
  const span = cells - 1;
  const right = Array.from({length: span}, (_, row) => ({column: span, row, span: 1}));
  const below = Array.from({length: cells}, (_, column) => ({column, row: span, span: 1}));
  return {cells, places: [{column: 0, row: 0, span}, ...right, ...below], key};
}

export const LAYOUTS: Readonly<Record<LayoutName, Layout>> = {
  '1': even(1, '1'),
  '4': even(2, '4'),
  '1+5': withLarge(3, '6'),
  '1+7': withLarge(4, '8'),
  '9': even(3, '9'),
  '16': even(4, '0')
};

export const LAYOUT_NAMES = ['1', '4', '1+5', '1+7', '9', '16'] as const satisfies readonly LayoutName[];

/** Tiles of the largest layout. */
export const MOST_TILES = 16;

export function isLayoutName(value: unknown): value is LayoutName {
  return LAYOUT_NAMES.some(name => name === value);
}

/** The layout that a key chooses, if it chooses one. */
export function layoutOfKey(key: string): LayoutName | undefined {
  return LAYOUT_NAMES.find(name => LAYOUTS[name].key === key);
}

/** The tile one comes to from a tile; the tile itself at the edge. */
export function neighbour(layout: Layout, from: number, direction: Direction): number {
  const here = layout.places[from];
  if (!here) {
    return 0;
  }
  const horizontal = direction === 'left' || direction === 'right';
  const forward = direction === 'right' || direction === 'down';
  const along = (place: Place): number => horizontal ? place.column : place.row;
  const across = (place: Place): number => horizontal ? place.row : place.column;
  const wanted = forward ? along(here) + here.span : along(here) - 1;
  const hit = layout.places.findIndex(place =>
    along(place) <= wanted && wanted < along(place) + place.span
      && across(place) <= across(here) && across(here) < across(place) + place.span);
  return hit < 0 ? from : hit;
}
