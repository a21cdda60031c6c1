import {API} from '../server/api.ts';

/** What goes to a dome (PtzCommand of the contract), as far as the wall steers. */
export type PtzCommand =
  | {readonly command: 'velocity'; readonly pan: number; readonly tilt: number;
    readonly zoom: number}
  | {readonly command: 'stop' | 'home'}
  | {readonly command: 'centre'; readonly x: number; readonly y: number}
  | {readonly command: 'frame'; readonly x: number; readonly y: number; readonly width: number;
    readonly height: number}
  | {readonly command: 'relative'; readonly zoomRatio: number}
  | {readonly command: 'preset'; readonly token: string};

export interface PtzPosition {
  readonly panDegrees: number | null;
  readonly tiltDegrees: number | null;
  readonly zoomFactor: number | null;
}

export interface PtzHold {
  readonly operator: string;
  readonly until: string;
}

/** What comes from a dome (PtzReply of the contract). */
export type PtzReply =
  | ({readonly type: 'position'; readonly operator: string | null} & PtzPosition)
  | ({readonly type: 'hold'; readonly own: boolean} & PtzHold)
  | {readonly type: 'problem'; readonly problem: {readonly title: string; readonly detail: string}}
  | {readonly type: 'stopped'}
  | {readonly type: 'ack'};

const RECONNECT_MILLIS = 2_000;
const POLICY_VIOLATION = 1008;

/** The connection of one operator to one dome; made again when it is lost, until it is closed. */
export class PtzLink {
  readonly #path: string;
  readonly #heard: (reply: PtzReply) => void;
  readonly #changed: (isOpen: boolean) => void;
  #socket: WebSocket | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param changed called when it is there, and when it is lost */
  constructor(
    camera: string, heard: (reply: PtzReply) => void, changed: (isOpen: boolean) => void
  ) {
    this.#path = `${API}/cameras/${encodeURIComponent(camera)}/ptz/socket`;
    this.#heard = heard;
    this.#changed = changed;
    this.#connect();
  }

  #connect(): void {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${location.host}${this.#path}`);
    this.#socket = socket;
    socket.addEventListener('open', () => this.#changed(true));
    socket.addEventListener('message', ({data}: MessageEvent<string>) =>
      this.#heard(JSON.parse(data) as PtzReply));
    socket.addEventListener('close', ({code}) => {
      if (this.#socket === socket && code !== POLICY_VIOLATION) {
        this.#changed(false);
        this.#timer = setTimeout(() => this.#connect(), RECONNECT_MILLIS);
      }
    });
  }

  /** Lost with the connection if there is none: nobody wants an old command later. */
  send(command: PtzCommand): void {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify(command));
    }
  }

  /** The server stops what moves. */
  close(): void {
    const socket = this.#socket;
    this.#socket = null;
    clearTimeout(this.#timer);
    socket?.close();
  }
}
