import type {Delivery, Happening} from '../player/messages.ts';
import type {WordKey} from '../base/words.ts';

/** What a tile shows; all but `playing` is told in words over the picture. */
export type TileState =
  | {readonly type: 'empty' | 'resting' | 'connecting' | 'lost'}
  | {readonly type: 'playing'; readonly delivery: Delivery; readonly codec: string;
    readonly width: number; readonly height: number}
  /** No picture has come for a while, and nobody has said why. */
  | {readonly type: 'still'; readonly sinceMillis: number}
  /** The server has said that nothing comes from the camera. */
  | {readonly type: 'away'; readonly sinceMillis: number; readonly cause: string}
  | {readonly type: 'unplayable'; readonly codec: string}
  | {readonly type: 'refused'; readonly code: string; readonly detail: string};

const CAUSES = ['camera', 'network', 'storage', 'operator', 'schedule', 'clock', 'server'] as const;
const CODECS: ReadonlyMap<string, string> = new Map([
  ['avc1', 'H.264'], ['avc3', 'H.264'], ['hvc1', 'H.265'], ['hev1', 'H.265'], ['av01', 'AV1'],
  ['vp09', 'VP9']
]);
const CODES =
  ['permission-denied', 'not-found', 'unsupported', 'resource-exhausted', 'unavailable'] as const;

/** The state after something has happened to the player; the same one if nothing changes by it. */
export function after(state: TileState, happening: Happening, playing: TileState | null): TileState {
  switch (happening.type) {
    case 'connecting': return {type: 'connecting'};
    case 'lost': return {type: 'lost'};
    case 'playing': {
      const {delivery, mediaType, width, height} = happening.begun;
      return {type: 'playing', delivery, codec: codecName(mediaType), width, height};
    }
    case 'interrupted':
      return {type: 'away', sinceMillis: Date.parse(happening.at), cause: happening.cause};
    case 'resumed': return playing ?? {type: 'connecting'};
    case 'unplayable': return {type: 'unplayable', codec: codecName(happening.mediaType)};
    case 'problem': {
      const {code, title, detail} = happening.problem;
      return {type: 'refused', code, detail: detail ? `${title}: ${detail}` : title};
    }
    case 'dropped': case 'gap': case 'live': return state;
  }
}

/** What people call a codec, of a media type as `video/mp4; codecs="avc1.640033"`. */
export function codecName(mediaType: string): string {
  const codec = /codecs="?([a-z0-9]+)/.exec(mediaType)?.[1] ?? '';
  return CODECS.get(codec) ?? (codec || '?');
}

/** The words for why the server says a camera sends nothing. */
export function causeKey(cause: string): WordKey {
  const known = CAUSES.find(one => one === cause);
  return known ? `cause.${known}` : 'cause.unknown';
}

/** The words for a refusal, if there are some of ours; else the server's own are to be shown. */
export function refusalKey(code: string): WordKey | null {
  const known = CODES.find(one => one === code);
  return known ? `refused.${known}` : null;
}

/** What a lag looks like: milliseconds up to ten seconds, then seconds. */
export function lagText(millis: number): string {
  const shown = Math.max(0, Math.round(millis));
  return shown < 10_000 ? `${shown} ms` : `${Math.round(shown / 1_000)} s`;
}
