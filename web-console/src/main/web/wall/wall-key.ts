import type {Direction, LayoutName} from './layout.ts';
import {layoutOfKey} from './layout.ts';

/** What a key means on the wall. */
export type WallKey =
  | {readonly type: 'layout'; readonly layout: LayoutName}
  | {readonly type: 'move'; readonly direction: Direction}
  /** To the camera so many places further in the list. */
  | {readonly type: 'step'; readonly step: number}
  | {readonly type: 'enter' | 'back' | 'remove' | 'search' | 'steer' | 'tree' | 'full'};

const BY_KEY: ReadonlyMap<string, WallKey> = new Map<string, WallKey>([
  ['ArrowLeft', {type: 'move', direction: 'left'}],
  ['ArrowRight', {type: 'move', direction: 'right'}],
  ['ArrowUp', {type: 'move', direction: 'up'}],
  ['ArrowDown', {type: 'move', direction: 'down'}],
  ['PageDown', {type: 'step', step: 1}],
  ['PageUp', {type: 'step', step: -1}],
  ['Enter', {type: 'enter'}],
  ['Escape', {type: 'back'}],
  ['Delete', {type: 'remove'}],
  ['Backspace', {type: 'remove'}]
]);

// By their place: with a Cyrillic layout the same keys write other letters.
const BY_PLACE: ReadonlyMap<string, WallKey> = new Map<string, WallKey>([
  ['KeyB', {type: 'tree'}], ['KeyF', {type: 'full'}], ['KeyP', {type: 'steer'}],
  ['Slash', {type: 'search'}]
]);

/** @param onControl whether a button has the focus, whose own keys these are */
export function wallKey(
  {key, code, shiftKey}: Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>, onControl: boolean
): WallKey | null {
  const layout = layoutOfKey(key);
  if (layout) {
    return {type: 'layout', layout};
  }
  const meant = BY_KEY.get(key) ?? (shiftKey ? undefined : BY_PLACE.get(code)) ?? null;
  return onControl && (meant?.type === 'move' || meant?.type === 'enter') ? null : meant;
}
