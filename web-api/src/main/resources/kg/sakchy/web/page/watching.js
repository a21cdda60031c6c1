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
    this.player ??= new MediaPlayer(this.find('video'), this.path, happening =>
      this.tell(happening));
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

  tell(happening) {
    const line = this.find('.watch-said');
    switch (happening.type) {
      case 'connecting':
        say(line, words.connecting);
        break;
      case 'playing':
        say(line, happening.begun.delivery === 'original'
          ? '' : words['delivery.' + happening.begun.delivery]);
        break;
      case 'live':
      case 'resumed':
        say(line, '');
        break;
      case 'interrupted':
        say(line, `${words.interrupted} ${words['cause.' + happening.cause]}: ${happening.message}`, true);
        break;
      case 'dropped':
        say(line, `${words.dropped} ${happening.inAll}`, true);
        break;
      case 'gap':
        say(line, `${moments.format(new Date(happening.from))} – ${moments.format(new Date(happening.to))} `
          + `${words.missing}, ${words['cause.' + happening.cause]}: ${happening.detail}`);
        break;
      case 'unplayable':
        say(line, `${words.unplayable} ${happening.mediaType}`, true);
        break;
      case 'problem':
        say(line, `${happening.problem.title}: ${happening.problem.detail}`, true);
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
