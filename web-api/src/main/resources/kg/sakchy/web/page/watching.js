'use strict';

import {API, moments, say, words} from '/api.js';
import {MediaPlayer} from '/media-player.js';

const CLOCK_MILLIS = 250;

/** The moving picture of one camera: opened by a click on its still picture. */
export class Watching {
  constructor(id, card) {
    this.path = `${API}/cameras/${id}/media`;
    this.place = card.querySelector('.watch');
    this.player = null;
    const open = card.querySelector('.open');
    open.addEventListener('click', () => this.begin(player => player.live()));
    this.find('.live').addEventListener('click', () => this.begin(player => player.live()));
    this.find('.back').addEventListener('submit', event => this.goBack(event));
    this.find('.end').addEventListener('click', () => this.close());
    this.clock = null;
  }

  find(selector) {
    return this.place.querySelector(selector);
  }

  begin(wish) {
    this.place.hidden = false;
    this.player ??= new MediaPlayer(this.find('video'), this.path, (state, message) =>
      this.tell(state, message));
    this.clock ??= setInterval(() => this.showClock(), CLOCK_MILLIS);
    wish(this.player);
  }

  goBack(event) {
    event.preventDefault();
    const at = new Date(event.target.at.value);
    const speed = Number(event.target.speed.value);
    if (!Number.isNaN(at.getTime())) {
      this.begin(player => player.seek(at, speed));
    }
  }

  tell(state, message) {
    const line = this.find('.watch-said');
    switch (state) {
      case 'connecting':
        say(line, words.connecting);
        break;
      case 'playing':
        say(line, message.delivery === 'original' ? '' : words['delivery.' + message.delivery]);
        break;
      case 'live':
      case 'resumed':
        say(line, '');
        break;
      case 'interrupted':
        say(line, `${words.interrupted} ${words['cause.' + message.cause]}: ${message.message}`, true);
        break;
      case 'dropped':
        say(line, `${words.dropped} ${message.inAll}`, true);
        break;
      case 'gap':
        say(line, `${moments.format(new Date(message.from))} – ${moments.format(new Date(message.to))} `
          + `${words.missing}, ${words['cause.' + message.cause]}: ${message.detail}`);
        break;
      case 'unplayable':
        say(line, `${words.unplayable} ${message.mediaType}`, true);
        break;
      case 'problem':
        say(line, `${message.title}: ${message.detail}`, true);
        break;
      case 'lost':
        say(line, words.watchLost, true);
        break;
    }
  }

  showClock() {
    const utc = this.player?.utc();
    this.find('.clock').textContent = utc
      ? `${moments.format(utc)}${this.player.isLive ? ' · ' + words.present : ''}` : '';
  }

  close() {
    clearInterval(this.clock);
    this.clock = null;
    this.player?.close();
    this.player = null;
    this.place.hidden = true;
  }
}
