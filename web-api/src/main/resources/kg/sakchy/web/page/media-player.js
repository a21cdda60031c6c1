'use strict';

// What browsers may play and cameras send; asked one by one.
const CODECS = ['avc1.640033', 'hvc1.1.6.L153.90'];
const SOUNDS = ['mp4a.40.2', 'opus'];
// Behind the newest picture, in seconds.
const EDGE = 0.04;
const LATE = 0.12;
const LOST = 1;
const CATCH_UP = 1.1;
const KEPT = 10;
const CONTROL_MILLIS = 100;
const POSITION_MILLIS = 500;
const RECONNECT_MILLIS = 2000;
// A gap in what is buffered that no picture will fill.
const STUCK_MILLIS = 700;
// Sent away for a reason that was told before.
const POLICY_VIOLATION = 1008;

/**
 * Shows a camera in a video element, live and archive on one line of time.
 *
 * `say(state, message)` is called with what there is to tell: `connecting`, `playing`, `unplayable`, `interrupted`,
 * `resumed`, `dropped`, `gap`, `live`, `problem`, `lost`; `message` is what the server said, if it did.
 */
export class MediaPlayer {
  constructor(video, path, say, {stream = 'main', sound = false} = {}) {
    this.video = video;
    this.path = path;
    this.say = say;
    this.stream = stream;
    this.sound = sound;
    this.sequence = 0;
    this.wish = null;
    this.socket = null;
    this.closed = false;
    this.control = setInterval(() => this.follow(), CONTROL_MILLIS);
    this.report = setInterval(() => this.position(), POSITION_MILLIS);
    this.forget();
  }

  /** Shows the present. */
  live() {
    this.play({});
  }

  /** Shows the past from a moment (a Date) on. */
  seek(at, speed = 1) {
    this.play({at: at.toISOString(), speed});
  }

  /** UTC of the picture on the screen, or null. */
  utc() {
    const known = this.mappings.findLast(one => one.mediaTime <= this.video.currentTime)
      ?? this.mappings[0];
    return known ? new Date(known.utc + (this.video.currentTime - known.mediaTime) * 1000) : null;
  }

  close() {
    this.closed = true;
    clearInterval(this.control);
    clearInterval(this.report);
    this.socket?.close();
    this.forget();
    this.video.removeAttribute('src');
    this.video.load();
  }

  play(wish) {
    this.wish = {type: 'play', sequence: ++this.sequence, stream: this.stream, ...wish};
    this.say('connecting', null);
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.send(this.wish);
    } else if (!this.socket) {
      this.connect();
    }
  }

  connect() {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${location.host}${this.path}`);
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => this.send({...this.wish, codecs: this.playable()}));
    socket.addEventListener('message', event => {
      if (typeof event.data === 'string') {
        this.heard(JSON.parse(event.data));
      } else {
        this.take(event.data);
      }
    });
    socket.addEventListener('close', event => this.lost(socket, event));
    this.socket = socket;
  }

  lost(socket, event) {
    if (this.socket !== socket) {
      return;
    }
    this.socket = null;
    if (!this.closed && event.code !== POLICY_VIOLATION) {
      this.say('lost', null);
      setTimeout(() => {
        if (!this.closed && !this.socket && this.wish) {
          this.resume();
        }
      }, RECONNECT_MILLIS);
    }
  }

  /** After a lost connection: what was shown last. */
  resume() {
    const at = this.isLive ? null : this.utc();
    this.wish = {...this.wish, sequence: ++this.sequence, ...(at ? {at: at.toISOString()} : {})};
    this.connect();
  }

  playable() {
    const all = this.sound ? [...CODECS, ...SOUNDS] : CODECS;
    return all.filter(codec => MediaSource.isTypeSupported(`video/mp4; codecs="${codec}"`));
  }

  send(message) {
    this.socket.send(JSON.stringify(message));
  }

  heard(message) {
    if (message.sequence !== undefined && message.sequence !== null
        && message.sequence !== this.sequence) {
      return;
    }
    switch (message.type) {
      case 'begin':
        this.begin(message);
        break;
      case 'format':
        this.queue.push(message.mediaType);
        break;
      case 'mapping':
        this.map(message);
        break;
      case 'live':
        this.joins = true;
        break;
      case 'interrupted':
      case 'resumed':
      case 'dropped':
      case 'gap':
        this.say(message.type, message);
        break;
      case 'problem':
        this.say('problem', message.problem);
        break;
    }
  }

  map(message) {
    this.frame = message.frameSeconds;
    this.mappings.push({mediaTime: message.mediaTime, utc: Date.parse(message.utc)});
    while (this.mappings.length > 1 && this.mappings[1].mediaTime < this.video.currentTime - KEPT) {
      this.mappings.shift();
    }
  }

  forget() {
    this.queue = [];
    this.mappings = [];
    this.frame = EDGE;
    this.buffer = null;
    this.isLive = false;
    this.joins = false;
    this.isPlaced = false;
    this.begun = null;
    this.stuckSince = null;
    if (this.address) {
      URL.revokeObjectURL(this.address);
      this.address = null;
    }
  }

  begin(message) {
    this.forget();
    this.begun = message;
    this.isLive = message.live;
    if (!MediaSource.isTypeSupported(message.mediaType)) {
      this.begun = null;
      this.say('unplayable', message);
      return;
    }
    const source = new MediaSource();
    this.address = URL.createObjectURL(source);
    this.video.src = this.address;
    this.video.muted = !this.sound;
    const begun = message;
    source.addEventListener('sourceopen', () => {
      if (this.begun === begun) {
        this.buffer = source.addSourceBuffer(message.mediaType);
        this.buffer.addEventListener('updateend', () => this.append());
        this.append();
      }
    }, {once: true});
  }

  /** Media: an init segment or a fragment. */
  take(data) {
    if (this.begun) {
      this.queue.push(data);
      this.append();
    }
  }

  append() {
    const buffer = this.buffer;
    if (!buffer || buffer.updating || this.video.error) {
      return;
    }
    this.place();
    if (this.trim(buffer)) {
      return;
    }
    if (typeof this.queue[0] === 'string') {
      this.change(buffer, this.queue.shift());
    }
    const count = this.queue.findIndex(piece => typeof piece === 'string');
    const pieces = this.queue.splice(0, count < 0 ? this.queue.length : count);
    if (pieces.length > 0) {
      this.write(buffer, pieces);
    }
  }

  write(buffer, pieces) {
    try {
      buffer.appendBuffer(pieces.length === 1 ? pieces[0] : merged(pieces));
    } catch (e) {
      if (e.name === 'QuotaExceededError' && buffer.buffered.length > 0) {
        this.queue.unshift(...pieces);
        buffer.remove(0, Math.max(buffer.buffered.start(0) + 0.1, this.video.currentTime - 1));
      } else {
        this.say('problem', {title: e.name, detail: e.message});
      }
    }
  }

  change(buffer, mediaType) {
    if (MediaSource.isTypeSupported(mediaType)) {
      buffer.changeType(mediaType);
    } else {
      this.begun = null;
      this.say('unplayable', {mediaType});
    }
  }

  /** Forgets what was played long ago; true while it does. */
  trim(buffer) {
    const oldest = buffer.buffered.length > 0 ? buffer.buffered.start(0) : Infinity;
    if (this.isPlaced && oldest < this.video.currentTime - 2 * KEPT) {
      buffer.remove(0, this.video.currentTime - KEPT);
      return true;
    }
    return false;
  }

  /** Goes to the first picture to show, once it is there. */
  place() {
    const buffered = this.video.buffered;
    if (this.isPlaced || buffered.length === 0) {
      return;
    }
    this.isPlaced = true;
    this.video.currentTime = this.isLive ? this.target() : this.begun.mediaTime;
    this.video.playbackRate = this.wish.speed ?? 1;
    this.video.play().catch(() => {});
    this.say('playing', this.begun);
  }

  end() {
    const buffered = this.video.buffered;
    return buffered.length > 0 ? buffered.end(buffered.length - 1) : null;
  }

  /** Where a picture is shown as soon as it has come. */
  target() {
    return this.end() - Math.max(EDGE, this.frame);
  }

  /** Seconds behind the newest picture. */
  lag() {
    return this.end() === null ? 0 : this.target() - this.video.currentTime;
  }

  /**
   * Stays at the edge of the present, and gets over what is not buffered. Who comes from the archive and
   * is behind stays behind, until it has caught up.
   */
  follow() {
    const video = this.video;
    if (!this.isPlaced || video.paused || video.seeking) {
      return;
    }
    const lag = this.lag();
    if (this.joins && lag < LOST) {
      this.joins = false;
      this.isLive = true;
      this.say('live', null);
    }
    if (this.isLive) {
      if (lag > LOST) {
        video.currentTime = this.target();
      }
      video.playbackRate = lag > LATE ? CATCH_UP : 1;
    }
    this.unstick();
  }

  unstick() {
    const video = this.video;
    const next = nextRange(video.buffered, video.currentTime);
    if (video.readyState > 2 || next === null) {
      this.stuckSince = null;
    } else if (this.stuckSince === null) {
      this.stuckSince = performance.now();
    } else if (performance.now() - this.stuckSince > STUCK_MILLIS) {
      this.stuckSince = null;
      video.currentTime = next;
    }
  }

  position() {
    if (this.begun && !this.isLive && this.socket?.readyState === WebSocket.OPEN) {
      const mediaTime = Math.max(0, this.video.currentTime);
      this.send({type: 'position', sequence: this.sequence, mediaTime});
    }
  }
}

function merged(pieces) {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(new Uint8Array(piece), at);
    at += piece.byteLength;
  }
  return whole;
}

/** Where the range after a moment begins, or null. */
function nextRange(buffered, time) {
  for (let i = 0; i < buffered.length; i++) {
    if (buffered.start(i) > time) {
      return buffered.start(i) + 0.01;
    }
  }
  return null;
}
