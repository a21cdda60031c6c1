import type {Begin} from './messages.ts';

// Behind the newest picture, in seconds.
const EDGE = 0.04;
const LATE = 0.12;
const LOST = 1;
const CATCH_UP = 1.1;
const KEPT = 10;
// A gap in what is buffered that no picture will fill.
const STUCK_MILLIS = 700;

/** What a buffer has to tell. */
export interface BufferListener {
  /** The first picture is there. */
  placed(begun: Begin): void;
  unplayable(mediaType: string): void;
  /** Who came from the archive has caught up with the present. */
  joined(): void;
  failed(name: string, message: string): void;
}

/**
 * Media of one stretch in a video element: fragments go in, pictures come out, live ones one frame
 * behind the newest. Made anew for each `begin`.
 */
export class MediaBuffer {
  readonly #video: HTMLVideoElement;
  readonly #begun: Begin;
  readonly #speed: number;
  readonly #listener: BufferListener;
  readonly #address: string;
  readonly #mappings: Array<{mediaTime: number; utc: number}> = [];
  #queue: Array<ArrayBuffer | string> = [];
  #buffer: SourceBuffer | null = null;
  #frame = EDGE;
  #isPlaced = false;
  #joins = false;
  #ended = false;
  #stuckSince: number | null = null;
  isLive: boolean;

  constructor(
    video: HTMLVideoElement, begun: Begin, muted: boolean, speed: number, listener: BufferListener
  ) {
    this.#video = video;
    this.#begun = begun;
    this.#speed = speed;
    this.#listener = listener;
    this.isLive = begun.live;
    const source = new MediaSource();
    this.#address = URL.createObjectURL(source);
    video.src = this.#address;
    video.muted = muted;
    source.addEventListener('sourceopen', () => this.#open(source), {once: true});
  }

  close(): void {
    this.#ended = true;
    this.#queue = [];
    this.#buffer = null;
    URL.revokeObjectURL(this.#address);
  }

  #open(source: MediaSource): void {
    if (!this.#ended) {
      this.#buffer = source.addSourceBuffer(this.#begun.mediaType);
      this.#buffer.addEventListener('updateend', () => this.#append());
      this.#append();
    }
  }

  /** An init segment or a fragment. */
  take(media: ArrayBuffer): void {
    this.#queue.push(media);
    this.#append();
  }

  /** What follows is of another type. */
  format(mediaType: string): void {
    this.#queue.push(mediaType);
  }

  /** What media time means from now on. */
  map(mediaTime: number, utc: number, frameSeconds: number): void {
    this.#frame = frameSeconds;
    this.#mappings.push({mediaTime, utc});
    const past = this.#video.currentTime - KEPT;
    while ((this.#mappings[1]?.mediaTime ?? Infinity) < past) {
      this.#mappings.shift();
    }
  }

  /** The archive has reached the present. */
  join(): void {
    this.#joins = true;
  }

  /** UTC of the picture on the screen, or null. */
  utc(): Date | null {
    const now = this.#video.currentTime;
    const known = this.#mappings.findLast(one => one.mediaTime <= now) ?? this.#mappings[0];
    return known ? new Date(known.utc + (now - known.mediaTime) * 1000) : null;
  }

  #append(): void {
    const buffer = this.#buffer;
    if (!buffer || buffer.updating || this.#video.error) {
      return;
    }
    this.#place();
    if (this.#trim(buffer)) {
      return;
    }
    const first = this.#queue[0];
    if (typeof first === 'string') {
      this.#queue.shift();
      this.#change(buffer, first);
    }
    const count = this.#queue.findIndex(piece => typeof piece === 'string');
    const pieces = this.#queue.splice(0, count < 0 ? this.#queue.length : count) as ArrayBuffer[];
    if (pieces.length > 0) {
      this.#write(buffer, pieces);
    }
  }

  #write(buffer: SourceBuffer, pieces: ArrayBuffer[]): void {
    try {
      buffer.appendBuffer(merged(pieces));
    } catch (e) {
      const {name, message} = e as DOMException;
      if (name === 'QuotaExceededError' && buffer.buffered.length > 0) {
        this.#queue.unshift(...pieces);
        buffer.remove(0, Math.max(buffer.buffered.start(0) + 0.1, this.#video.currentTime - 1));
      } else {
        this.#listener.failed(name, message);
      }
    }
  }

  #change(buffer: SourceBuffer, mediaType: string): void {
    if (MediaSource.isTypeSupported(mediaType)) {
      buffer.changeType(mediaType);
    } else {
      this.close();
      this.#listener.unplayable(mediaType);
    }
  }

  /** Forgets what was played long ago; true while it does. */
  #trim(buffer: SourceBuffer): boolean {
    const oldest = buffer.buffered.length > 0 ? buffer.buffered.start(0) : Infinity;
    if (this.#isPlaced && oldest < this.#video.currentTime - 2 * KEPT) {
      buffer.remove(0, this.#video.currentTime - KEPT);
      return true;
    }
    return false;
  }

  /** Goes to the first picture to show, once it is there. */
  #place(): void {
    const end = this.#end();
    if (this.#isPlaced || end === null) {
      return;
    }
    this.#isPlaced = true;
    this.#video.currentTime = this.isLive ? this.#target(end) : this.#begun.mediaTime;
    this.#video.playbackRate = this.#speed;
    this.#video.play().catch(() => {}); // a page may not start sound by itself; muted it may
    this.#listener.placed(this.#begun);
  }

  #end(): number | null {
    const buffered = this.#video.buffered;
    return buffered.length > 0 ? buffered.end(buffered.length - 1) : null;
  }

  /** Where a picture is shown as soon as it has come. */
  #target(end: number): number {
    return end - Math.max(EDGE, this.#frame);
  }

  /** Seconds behind the newest picture. */
  lag(): number {
    const end = this.#end();
    return end === null ? 0 : this.#target(end) - this.#video.currentTime;
  }

  /**
   * Stays at the edge of the present, and gets over what is not buffered; called several times a
   * second. Who comes from the archive and is behind stays behind, until it has caught up.
   */
  follow(): void {
    const video = this.#video;
    const end = this.#end();
    if (!this.#isPlaced || end === null || video.paused || video.seeking) {
      return;
    }
    const lag = this.lag();
    if (this.#joins && lag < LOST) {
      this.#joins = false;
      this.isLive = true;
      this.#listener.joined();
    }
    if (this.isLive) {
      if (lag > LOST) {
        video.currentTime = this.#target(end);
      }
      video.playbackRate = lag > LATE ? CATCH_UP : 1;
    }
    this.#unstick();
  }

  #unstick(): void {
    const video = this.#video;
    const next = nextRange(video.buffered, video.currentTime);
    if (video.readyState > 2 || next === null) {
      this.#stuckSince = null;
    } else if (this.#stuckSince === null) {
      this.#stuckSince = performance.now();
    } else if (performance.now() - this.#stuckSince > STUCK_MILLIS) {
      this.#stuckSince = null;
      video.currentTime = next;
    }
  }
}

function merged(pieces: ArrayBuffer[]): ArrayBuffer {
  const [first] = pieces;
  if (pieces.length === 1 && first) {
    return first;
  }
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(new Uint8Array(piece), at);
    at += piece.byteLength;
  }
  return whole.buffer;
}

/** Where the range after a moment begins, or null. */
function nextRange(buffered: TimeRanges, time: number): number | null {
  for (let i = 0; i < buffered.length; i++) {
    if (buffered.start(i) > time) {
      return buffered.start(i) + 0.01;
    }
  }
  return null;
}
