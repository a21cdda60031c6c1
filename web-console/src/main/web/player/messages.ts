/** What goes over the media socket of a camera (MediaMessage and MediaReply of the contract). */

export type StreamName = 'main' | 'sub';
export type Delivery = 'original' | 'sub-stream' | 'transcoded';

export interface Problem {
  readonly title: string;
  readonly detail: string;
  /** Stable: `permission-denied`, `unsupported` ...; empty for what this page found itself. */
  readonly code: string;
}

export interface Wish {
  readonly type: 'play';
  readonly sequence: number;
  readonly stream: StreamName;
  readonly at?: string;
  readonly speed?: number;
}

interface Format {
  readonly live: boolean;
  readonly delivery: Delivery;
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
  readonly sound: boolean;
}

export type Begin = Format & {readonly type: 'begin'; readonly mediaTime: number};

export type Reply = {readonly sequence?: number | null} & (
  | Begin
  | (Format & {readonly type: 'format'})
  | {readonly type: 'mapping'; readonly mediaTime: number; readonly utc: string;
    readonly frameSeconds: number}
  | {readonly type: 'live'; readonly mediaTime: number}
  | {readonly type: 'interrupted'; readonly cause: string; readonly code: string;
    readonly message: string; readonly at: string}
  | {readonly type: 'resumed'}
  | {readonly type: 'dropped'; readonly frames: number; readonly inAll: number}
  | {readonly type: 'gap'; readonly mediaTime: number; readonly from: string; readonly to: string;
    readonly cause: string; readonly detail: string}
  | {readonly type: 'problem'; readonly problem: Problem});

type Told = Extract<Reply, {type: 'interrupted' | 'resumed' | 'dropped' | 'gap'}>;

/** What a player has to tell. */
export type Happening =
  | {readonly type: 'connecting' | 'live' | 'lost'}
  | {readonly type: 'playing'; readonly begun: Begin}
  | {readonly type: 'unplayable'; readonly mediaType: string}
  | {readonly type: 'problem'; readonly problem: Problem}
  | Told;
