/** From what a hand does over a picture to what a dome is told. Parts of the picture run from 0 to 1. */

export interface Velocity {
  readonly pan: number;
  readonly tilt: number;
  readonly zoom: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Point, Size {}

export const REST: Velocity = {pan: 0, tilt: 0, zoom: 0};

// A drag of this part of the picture's height is full speed; shorter than the first is a tremble.
const TREMBLE = 0.02;
const FULL = 0.45;
const SLOWEST = 0.04;
const LEAST_BOX = 0.03;

const KEYS: ReadonlyMap<string, Velocity> = new Map([
  ['ArrowLeft', {...REST, pan: -1}], ['ArrowRight', {...REST, pan: 1}],
  ['ArrowUp', {...REST, tilt: 1}], ['ArrowDown', {...REST, tilt: -1}],
  ['+', {...REST, zoom: 1}], ['=', {...REST, zoom: 1}], ['-', {...REST, zoom: -1}]
]);

export function isMoveKey(key: string): boolean {
  return KEYS.has(key);
}

/**
 * How fast a picture may go by: what one sees moves by 1/zoom of the angle, so that a dome that is
 * zoomed in must turn as much slower.
 */
function scale(zoomFactor: number | null): number {
  return 1 / Math.max(1, zoomFactor ?? 1);
}

/**
 * The speed for a drag: its direction, and by the square of its length how fast.
 *
 * @param drag from where the button was pressed, in parts of the picture's height; down is positive
 */
export function dragged(drag: Point, zoomFactor: number | null): Velocity {
  const length = Math.hypot(drag.x, drag.y);
  if (length < TREMBLE) {
    return REST;
  }
  const part = Math.min(1, (length - TREMBLE) / (FULL - TREMBLE));
  const speed = Math.max(SLOWEST, part * part) * scale(zoomFactor) / length;
  return {pan: rounded(drag.x * speed), tilt: rounded(-drag.y * speed), zoom: 0};
}

/** The speed for all keys that are held; the zoom itself is never slowed down. */
export function held(keys: Iterable<string>, zoomFactor: number | null): Velocity {
  let sum = REST;
  for (const key of keys) {
    const {pan, tilt, zoom} = KEYS.get(key) ?? REST;
    sum = {pan: sum.pan + pan, tilt: sum.tilt + tilt, zoom: sum.zoom + zoom};
  }
  const slower = Math.max(SLOWEST, 0.6 * scale(zoomFactor));
  const clamped = (value: number): number => Math.max(-1, Math.min(1, value));
  return {
    pan: rounded(clamped(sum.pan) * slower),
    tilt: rounded(clamped(sum.tilt) * slower),
    zoom: rounded(clamped(sum.zoom) * 0.6)
  };
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000 || 0;
}

/**
 * The point of the picture under a point of the tile, which shows it whole with bars beside or above
 * it; null on the bars.
 */
export function inPicture(at: Point, tile: Size, picture: Size): Point | null {
  if (picture.width <= 0 || picture.height <= 0) {
    return null;
  }
  const shrunk = Math.min(tile.width / picture.width, tile.height / picture.height);
  const width = picture.width * shrunk;
  const height = picture.height * shrunk;
  const x = (at.x - (tile.width - width) / 2) / width;
  const y = (at.y - (tile.height - height) / 2) / height;
  return x >= 0 && x <= 1 && y >= 0 && y <= 1 ? {x, y} : null;
}

/** The part of the picture between two of its points; null if that is too little to mean it. */
export function between(one: Point, other: Point): Box | null {
  const box = {
    x: Math.min(one.x, other.x),
    y: Math.min(one.y, other.y),
    width: Math.abs(one.x - other.x),
    height: Math.abs(one.y - other.y)
  };
  return box.width < LEAST_BOX || box.height < LEAST_BOX ? null : box;
}

/** The zoom for turns of the wheel, as its events give them; towards oneself widens. */
export function zoomRatio(wheelPixels: number): number {
  return Math.min(4, Math.max(0.25, Math.pow(1.2, -wheelPixels / 100)));
}
