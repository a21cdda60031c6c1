import type {Begin, Happening, Reply, StreamName, Wish} from './player/messages.ts';
import {MediaBuffer} from './player/media-buffer.ts';

// What browsers may play and cameras send; asked one by one.
const CODECS = ['avc1.640033', 'hvc1.1.6.L153.90'];
const SOUNDS = ['mp4a.40.2', 'opus'];
const CONTROL_MILLIS = 100;
const POSITION_MILLIS = 500;
const RECONNECT_MILLIS = 2000;
// Sent away for a reason that was told before.
const POLICY_VIOLATION = 1008;

export interface PlayerOptions {
  readonly stream?: StreamName;
  readonly sound?: boolean;
}

/** Shows a camera in a video element, live and archive on one line of time. */
export class MediaPlayer {
  readonly #video: HTMLVideoElement;
  readonly #path: string;
  readonly #say: (happening: Happening) => void;
  readonly #sound: boolean;
  readonly #control: ReturnType<typeof setInterval>;
  readonly #report: ReturnType<typeof setInterval>;
  #stream: StreamName;
  #sequence = 0;
  #wish: Wish | null = null;
  #socket: WebSocket | null = null;
  #buffer: MediaBuffer | null = null;
  #closed = false;

  /**
   * @param path of the camera's media socket
   * @param say called with what there is to tell
   */
  constructor(
    video: HTMLVideoElement, path: string, say: (happening: Happening) => void,
    {stream = 'main', sound = false}: PlayerOptions = {}
  ) {
    this.#video = video;
    this.#path = path;
    this.#say = say;
    this.#stream = stream;
    this.#sound = sound;
    this.#control = setInterval(() => this.#buffer?.follow(), CONTROL_MILLIS);
    this.#report = setInterval(() => this.#position(), POSITION_MILLIS);
  }

  get isLive(): boolean {
    return this.#buffer?.isLive ?? false;
  }

  /** The stream asked for. */
  get stream(): StreamName {
    return this.#stream;
  }

  /** Shows the present, by another stream if one is named. */
  live(stream: StreamName = this.#stream): void {
    this.#stream = stream;
    this.#play({});
  }

  /** Shows the past from a moment on. */
  seek(at: Date, speed = 1): void {
    this.#play({at: at.toISOString(), speed});
  }

  /** UTC of the picture on the screen, or null. */
  utc(): Date | null {
    return this.#buffer?.utc() ?? null;
  }

  /** Seconds behind the newest picture that has come. */
  lag(): number {
    return this.#buffer?.lag() ?? 0;
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#control);
    clearInterval(this.#report);
    this.#socket?.close();
    this.#forget();
    this.#video.removeAttribute('src');
    this.#video.load();
  }

  #play(wish: Partial<Wish>): void {
    this.#wish = {type: 'play', sequence: ++this.#sequence, stream: this.#stream, ...wish};
    this.#say({type: 'connecting'});
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify(this.#wish));
    } else if (!this.#socket) {
      this.#connect();
    }
  }

  #connect(): void {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${location.host}${this.#path}`);
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () =>
      socket.send(JSON.stringify({...this.#wish, codecs: this.#playable()})));
    socket.addEventListener('message', ({data}: MessageEvent<string | ArrayBuffer>) => {
      if (typeof data === 'string') {
        this.#heard(JSON.parse(data) as Reply);
      } else {
        this.#buffer?.take(data);
      }
    });
    socket.addEventListener('close', event => this.#lost(socket, event.code));
    this.#socket = socket;
  }

  #playable(): string[] {
    const all = this.#sound ? [...CODECS, ...SOUNDS] : CODECS;
    return all.filter(codec => MediaSource.isTypeSupported(`video/mp4; codecs="${codec}"`));
  }

  #lost(socket: WebSocket, code: number): void {
    if (this.#socket !== socket) {
      return;
    }
    this.#socket = null;
    if (!this.#closed && code !== POLICY_VIOLATION) {
      this.#say({type: 'lost'});
      setTimeout(() => this.#resume(), RECONNECT_MILLIS);
    }
  }

  /** After a lost connection: what was shown last. */
  #resume(): void {
    if (this.#closed || this.#socket || !this.#wish) {
      return;
    }
    const at = this.isLive ? null : this.utc();
    const sequence = ++this.#sequence;
    this.#wish = {...this.#wish, sequence, ...(at ? {at: at.toISOString()} : {})};
    this.#connect();
  }

  #heard(message: Reply): void {
    if (typeof message.sequence === 'number' && message.sequence !== this.#sequence) {
      return;
    }
    switch (message.type) {
      case 'begin':
        this.#begin(message);
        break;
      case 'format':
        this.#buffer?.format(message.mediaType);
        break;
      case 'mapping':
        this.#buffer?.map(message.mediaTime, Date.parse(message.utc), message.frameSeconds);
        break;
      case 'live':
        this.#buffer?.join();
        break;
      default:
        this.#say(message);
    }
  }

  #forget(): void {
    this.#buffer?.close();
    this.#buffer = null;
  }

  #begin(begun: Begin): void {
    this.#forget();
    if (!MediaSource.isTypeSupported(begun.mediaType)) {
      this.#say({type: 'unplayable', mediaType: begun.mediaType});
      return;
    }
    this.#buffer = new MediaBuffer(this.#video, begun, !this.#sound, this.#wish?.speed ?? 1, {
      placed: shown => this.#say({type: 'playing', begun: shown}),
      unplayable: mediaType => this.#unplayable(mediaType),
      joined: () => this.#say({type: 'live'}),
      failed: (title, detail) => this.#say({type: 'problem', problem: {title, detail, code: ''}})
    });
  }

  #unplayable(mediaType: string): void {
    this.#forget();
    this.#say({type: 'unplayable', mediaType});
  }

  #position(): void {
    if (this.#buffer && !this.isLive && this.#socket?.readyState === WebSocket.OPEN) {
      const mediaTime = Math.max(0, this.#video.currentTime);
      const message = {type: 'position', sequence: this.#sequence, mediaTime};
      this.#socket.send(JSON.stringify(message));
    }
  }
}
