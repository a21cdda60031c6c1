'use strict';

import {API, call, element, post, say, words} from '/api.js';

// The server stops a dome that hears nothing for 700 ms.
const REPEAT_MILLIS = 200;
// Sent away for a reason that was told before.
const POLICY_VIOLATION = 1008;
const KEYS = {
  ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down',
  '+': 'in', '=': 'in', '-': 'out'
};
const DIRECTIONS = {
  left: {pan: -1}, right: {pan: 1}, up: {tilt: 1}, down: {tilt: -1}, in: {zoom: 1}, out: {zoom: -1},
  'up-left': {pan: -1, tilt: 1}, 'up-right': {pan: 1, tilt: 1},
  'down-left': {pan: -1, tilt: -1}, 'down-right': {pan: 1, tilt: -1}
};

/** The pad of one dome: open only while somebody looks at it. */
export class Steering {
  constructor(id, place) {
    this.path = `${API}/cameras/${id}/ptz`;
    this.place = place;
    this.held = new Set();
    this.socket = null;
    place.addEventListener('toggle', () => place.open ? this.open() : this.close());
    const pad = this.find('.pad');
    pad.addEventListener('keydown', event => this.key(event));
    pad.addEventListener('keyup', event => this.release(KEYS[event.key]));
    pad.addEventListener('focusout', () => this.releaseAll());
    document.addEventListener('visibilitychange', () => this.releaseAll());
    for (const button of pad.querySelectorAll('[data-move]')) {
      const move = button.dataset.move;
      button.addEventListener('pointerdown', event => {
        button.setPointerCapture(event.pointerId);
        this.hold(move);
      });
      for (const end of ['pointerup', 'pointercancel', 'lostpointercapture']) {
        button.addEventListener(end, () => this.release(move));
      }
      button.addEventListener('keydown', event => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          this.hold(move);
        }
      });
      button.addEventListener('keyup', event => {
        if (event.key === 'Enter' || event.key === ' ') {
          this.release(move);
        }
      });
    }
    this.find('.stop').addEventListener('click', () => this.releaseAll(true));
    this.find('.home').addEventListener('click', () => this.send({command: 'home'}));
    this.find('.go').addEventListener('click', () =>
      this.send({command: 'preset', token: this.find('.presets').value}));
    this.find('.keep').addEventListener('submit', event => this.keep(event));
  }

  find(selector) {
    return this.place.querySelector(selector);
  }

  say(text, wrong = true) {
    say(this.find('.steer-said'), text, wrong);
  }

  async open() {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${location.host}${this.path}/socket`);
    this.socket = socket;
    socket.addEventListener('message', event => this.heard(JSON.parse(event.data)));
    socket.addEventListener('close', event => {
      this.releaseAll();
      if (this.socket === socket && event.code !== POLICY_VIOLATION) {
        this.say(words.steerLost);
      }
    });
    this.say('');
    try {
      const ptz = await call(this.path);
      this.show(ptz.position);
      if (ptz.hold) {
        this.showHold(ptz.hold);
      }
      this.find('.home').hidden = !ptz.abilities.home;
      this.find('.keep').hidden = ptz.abilities.maxPresets === 0;
      this.fill(await call(`${this.path}/presets`));
      this.find('.pad').focus();
    } catch (e) {
      this.say(e.message);
    }
  }

  close() {
    this.releaseAll();
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  heard(message) {
    switch (message.type) {
      case 'position':
        this.show(message);
        break;
      case 'hold':
        this.showHold(message);
        break;
      case 'problem':
        this.say(`${message.problem.title}: ${message.problem.detail}`);
        break;
      case 'stopped':
        this.say(words.stoppedSilent);
        break;
    }
  }

  show(position) {
    const number = (value, unit) => value === null ? '–' : value.toFixed(1) + unit;
    this.find('.position').textContent = `${words.pan} ${number(position.panDegrees, '°')}, `
      + `${words.tilt} ${number(position.tiltDegrees, '°')}, `
      + `${words.zoom} ${number(position.zoomFactor, '×')}`;
  }

  // Who has the dome and until when; a later message takes its place.
  showHold(hold) {
    clearTimeout(this.holdEnds);
    const until = new Date(hold.until);
    const line = this.find('.operator');
    line.textContent = `${words.steeredBy} ${hold.operator} → ${until.toLocaleTimeString()}`;
    this.holdEnds = setTimeout(() => { line.textContent = ''; }, Math.max(0, until - Date.now()));
  }

  fill(presets) {
    this.find('.presets').replaceChildren(...presets.items.map(preset => {
      const option = element('option', preset.name || preset.token);
      option.value = preset.token;
      return option;
    }));
    this.find('.go').disabled = presets.items.length === 0;
  }

  async keep(event) {
    event.preventDefault();
    const form = event.target;
    try {
      this.fill(await post(`${this.path}/presets`, {name: form.preset.value.trim()}));
      form.reset();
      this.say('', false);
    } catch (e) {
      this.say(e.message);
    }
  }

  key(event) {
    const move = KEYS[event.key];
    if (move && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      this.hold(move);
    }
  }

  hold(move) {
    if (this.held.has(move)) {
      return;
    }
    this.held.add(move);
    this.say('', false);
    this.move();
    this.timer ??= setInterval(() => this.move(), REPEAT_MILLIS);
  }

  release(move) {
    if (this.held.delete(move)) {
      this.held.size > 0 ? this.move() : this.rest();
    }
  }

  releaseAll(always = false) {
    if (this.held.size > 0 || always) {
      this.held.clear();
      this.rest();
    }
  }

  rest() {
    clearInterval(this.timer);
    this.timer = undefined;
    this.send({command: 'stop'});
  }

  move() {
    const velocity = {pan: 0, tilt: 0, zoom: 0};
    const speed = Number(this.find('.speed').value) / 100;
    for (const move of this.held) {
      for (const [axis, part] of Object.entries(DIRECTIONS[move])) {
        velocity[axis] = Math.max(-1, Math.min(1, velocity[axis] + part * speed));
      }
    }
    this.send({command: 'velocity', ...velocity});
  }

  send(command) {
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.socket.send(JSON.stringify(command));
    }
  }
}
