'use strict';

// Plays a camera by WHEP, with the least delay there is: for steering by hand and for the focus tile.
//   const player = new WhepPlayer(video, '/api/v1/cameras/gate/whep', {audio: false});
// In a session, `headers` holds its Sakchy-Csrf.
//   player.onState = (state, detail) => ...;  // connecting, playing, waiting, refused, closed
//   player.start();  ...  player.stop();

const RETRY_MILLIS = [500, 1000, 2000, 4000, 8000];
const SILENCE_MILLIS = 5000;
const WATCH_MILLIS = 1000;
// The caller is at fault: asking again changes nothing.
const isFinal = status => status >= 400 && status < 500 && status !== 408 && status !== 429;

export class WhepPlayer {
  #video;
  #address;
  #audio;
  #headers;
  #peer = null;
  #session = null;
  #attempt = 0;
  #timers = new Set();
  #running = false;

  onState = () => {};

  constructor(video, address, {audio = false, headers = {}} = {}) {
    this.#video = video;
    this.#address = address;
    this.#audio = audio;
    this.#headers = headers;
  }

  start() {
    if (!this.#running) {
      this.#running = true;
      this.#attempt = 0;
      this.#connect();
    }
  }

  stop() {
    this.#running = false;
    this.#end();
    this.onState('closed');
  }

  async #connect() {
    this.onState('connecting');
    const peer = new RTCPeerConnection();
    this.#peer = peer;
    try {
      this.#listen(peer);
      await peer.setLocalDescription();
      const answer = await fetch(this.#address, {
        method: 'POST',
        headers: {...this.#headers, 'Content-Type': 'application/sdp'},
        body: peer.localDescription.sdp,
        signal: AbortSignal.timeout(15000),
      });
      const text = await answer.text();
      if (!answer.ok) {
        this.#refused(peer, answer.status, text);
        return;
      }
      const session = new URL(answer.headers.get('Location'), new URL(this.#address, location.href));
      if (this.#peer !== peer) {
        fetch(session, {method: 'DELETE', headers: this.#headers, keepalive: true}).catch(() => {});
        return;
      }
      this.#session = session;
      await peer.setRemoteDescription({type: 'answer', sdp: text});
      this.#watch(peer);
    } catch (e) {
      this.#again(peer, String(e));
    }
  }

  #listen(peer) {
    peer.addTransceiver('video', {direction: 'recvonly'});
    if (this.#audio) {
      peer.addTransceiver('audio', {direction: 'recvonly'});
    }
    const stream = new MediaStream();
    peer.ontrack = event => {
      event.receiver.jitterBufferTarget = 0;
      stream.addTrack(event.track);
      this.#video.srcObject = stream;
      this.#video.play().catch(() => {});  // a page may not start sound by itself; muted pictures it may
      // The server's farewell closes DTLS; the connection itself would only notice much later.
      event.receiver.transport.onstatechange = () => {
        if (event.receiver.transport.state === 'closed') {
          this.#again(peer, 'the server ended the session');
        }
      };
    };
    peer.onconnectionstatechange = () => {
      if (peer.connectionState === 'failed') {
        this.#again(peer, 'the connection failed');
      }
    };
  }

  // A camera that is away leaves the connection alive: that is waiting, and no reason to connect anew.
  #watch(peer) {
    let decoded = 0;
    let since = performance.now();
    const look = async () => {
      if (this.#peer !== peer) {
        return;
      }
      for (const report of (await peer.getStats()).values()) {
        if (report.type === 'inbound-rtp' && report.kind === 'video'
            && report.framesDecoded > decoded) {
          decoded = report.framesDecoded;
          since = performance.now();
          this.#attempt = 0;
          this.onState('playing');
        }
      }
      if (performance.now() - since > SILENCE_MILLIS) {
        this.onState('waiting');
      }
      this.#after(WATCH_MILLIS, look);
    };
    this.#after(WATCH_MILLIS, look);
  }

  #refused(peer, status, text) {
    if (isFinal(status)) {
      let detail = `HTTP ${status}`;
      try {
        detail = JSON.parse(text).detail ?? detail;
      } catch {
        // no problem document
      }
      this.#running = false;
      this.#end();
      this.onState('refused', detail);
    } else {
      this.#again(peer, `HTTP ${status}`);
    }
  }

  #again(peer, reason) {
    if (this.#peer !== peer) {
      return;
    }
    this.#end();
    if (this.#running) {
      this.onState('connecting', reason);
      const wait = RETRY_MILLIS[Math.min(this.#attempt++, RETRY_MILLIS.length - 1)];
      this.#after(wait * (0.5 + Math.random() / 2), () => this.#connect());
    }
  }

  #after(millis, work) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, millis);
    this.#timers.add(timer);
  }

  #end() {
    this.#timers.forEach(clearTimeout);
    this.#timers.clear();
    this.#peer?.close();
    this.#peer = null;
    if (this.#session) {
      fetch(this.#session, {method: 'DELETE', headers: this.#headers, keepalive: true}).catch(() => {});
      this.#session = null;
    }
    this.#video.srcObject = null;
  }
}
