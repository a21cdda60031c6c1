'use strict';

import {mountAccount} from '/account.js';
import {API, call, moments, post, say, words} from '/api.js';
import {mountEvents} from '/events.js';
import {mountFinding} from '/finding.js';
import {mountImporting} from '/importing.js';
import {choose, mountRegistering} from '/registering.js';
import {Steering} from '/steering.js';
import {Watching} from '/watching.js';

const CAMERAS = `${API}/cameras`;
const DAY_SECONDS = 86400;
const STATUS_MILLIS = 3000;
const PICTURE_EVERY = 3;
const TIMELINE_EVERY = 10;
// A file that still grows would change between two range requests of a player.
const SETTLED_MILLIS = 10000;
const CLOCK_WRONG_MILLIS = 2000;
const cards = new Map();
let next = null;

function videoAddress(id) {
  const end = Date.now() - SETTLED_MILLIS;
  const range = new URLSearchParams({
    from: new Date(end - 60000).toISOString(), to: new Date(end).toISOString()});
  return `${CAMERAS}/${id}/video.mp4?${range}`;
}

function figures(stream) {
  if (!stream) {
    return '';
  }
  const parts = [];
  if (stream.video) {
    parts.push(`${stream.video.codec} ${stream.video.width}×${stream.video.height}`);
  }
  parts.push(`${(stream.bitsPerSecond / 1e6).toFixed(2)} Mbit/s`, `${stream.framesPerSecond} fps`);
  if (stream.lastFrameAgeMillis !== null) {
    parts.push(`${words.lastFrame} ${(stream.lastFrameAgeMillis / 1000).toFixed(1)} s ${words.ago}`);
  }
  parts.push(`${words.losses}: ${stream.packetsLost}`, `${words.reconnects}: ${stream.reconnects}`);
  return parts.join(' · ');
}

function health(state) {
  if (!state) {
    return '';
  }
  if (state.problem) {
    return state.problem;
  }
  if (!state.reachable) {
    return words.unreachable;
  }
  if (state.authenticated === false) {
    return words.loginRefused;
  }
  if (Math.abs(state.clockOffsetMillis ?? 0) > CLOCK_WRONG_MILLIS) {
    return `${words.clockWrong} ${(state.clockOffsetMillis / 1000).toFixed(0)} s`;
  }
  return words.healthy;
}

class Card {
  constructor(camera) {
    this.id = camera.id;
    this.rounds = 0;
    this.element = document.getElementById('camera').content.firstElementChild.cloneNode(true);
    this.find('h3').textContent = camera.name;
    this.find('.address').textContent = `${camera.id} · ${camera.url}`;
    this.find('img').onload = () => this.find('.picture').classList.remove('empty');
    this.find('img').onerror = () => this.find('.picture').classList.add('empty');
    this.find('.picture').classList.add('empty');
    this.find('.play').onclick = () => this.play();
    this.find('.delete').onclick = () => this.remove();
    this.find('.download').onpointerdown = () => this.aim();
    this.find('.download').onfocus = () => this.aim();
    this.steering = new Steering(camera.id, this.find('.steer'));
    this.watching = new Watching(camera.id, this.element);
    this.aim();
  }

  find(selector) {
    return this.element.querySelector(selector);
  }

  say(text) {
    this.find('.problem').textContent = text;
  }

  aim() {
    const link = this.find('.download');
    link.href = videoAddress(this.id);
    link.download = '';
  }

  play() {
    const video = this.find('.recording-video');
    video.hidden = false;
    video.src = videoAddress(this.id);
    video.onerror = () => this.explain(video.src);
    video.play().catch(() => {});
  }

  async explain(address) {
    try {
      await call(address, {headers: {Range: 'bytes=0-0'}});
    } catch (e) {
      this.say(e.message);
    }
  }

  async remove() {
    if (!confirm(words.deleteQuestion)) {
      return;
    }
    try {
      await call(`${CAMERAS}/${this.id}`, {method: 'DELETE'});
      this.steering.close();
      this.watching.close();
      this.element.remove();
      cards.delete(this.id);
      showEmptiness();
    } catch (e) {
      this.say(e.message);
    }
  }

  async refresh() {
    try {
      const status = await call(`${CAMERAS}/${this.id}/status`);
      this.find('.state').className = `state ${status.summary}`;
      this.find('.words').textContent = status.words;
      this.find('.figures').textContent = figures(status.stream);
      this.showDevice(status.device, status.health);
      if (this.rounds % PICTURE_EVERY === 0) {
        const at = encodeURIComponent(new Date().toISOString());
        this.find('img').src = `${CAMERAS}/${this.id}/snapshot.jpg?width=480&at=${at}`;
      }
      if (this.rounds % TIMELINE_EVERY === 0) {
        await this.refreshTimeline();
      }
      this.say('');
    } catch (e) {
      this.say(e.message);
    }
    this.rounds++;
  }

  showDevice(device, state) {
    this.find('.device').textContent = device
      ? [device.make, device.model, device.firmware].filter(text => text).join(' · ') : '';
    const said = this.find('.health');
    said.textContent = health(state);
    said.classList.toggle('wrong', said.textContent !== '' && said.textContent !== words.healthy);
    this.find('.steer').hidden = !device?.features.includes('ptz');
  }

  async refreshTimeline() {
    const to = new Date();
    const from = new Date(to.getTime() - DAY_SECONDS * 1000);
    const range = new URLSearchParams({from: from.toISOString(), to: to.toISOString()});
    const timeline = await call(`${CAMERAS}/${this.id}/timeline?${range}`);
    const bar = this.find('.timeline');
    bar.replaceChildren(
      ...timeline.recorded.map(stretch => this.mark(from, stretch, 'recorded', words.recorded)),
      ...timeline.gaps.map(gap => this.mark(from, gap, gap.kind, this.reason(gap))));
    this.find('.first').textContent = moments.format(from);
    this.find('.last').textContent = moments.format(to);
    const recent = timeline.gaps.slice(-10).reverse();
    this.find('.gaps').replaceChildren(...recent.map(gap => {
      const item = document.createElement('li');
      item.textContent = this.span(gap) + ' ' + this.reason(gap);
      return item;
    }));
  }

  reason(gap) {
    return `${words[gap.kind]}, ${words['cause.' + gap.cause]}: ${gap.detail}`;
  }

  span(stretch) {
    return `${moments.format(new Date(stretch.from))} – ${moments.format(new Date(stretch.to))}`;
  }

  mark(origin, stretch, kind, text) {
    const svg = 'http://www.w3.org/2000/svg';
    const mark = document.createElementNS(svg, 'rect');
    const begin = (new Date(stretch.from) - origin) / 1000;
    const end = (new Date(stretch.to) - origin) / 1000;
    mark.setAttribute('x', begin);
    mark.setAttribute('width', Math.max(end - begin, DAY_SECONDS / 1000));
    mark.setAttribute('height', 30);
    mark.setAttribute('class', kind);
    const title = document.createElementNS(svg, 'title');
    title.textContent = `${this.span(stretch)} ${text}`;
    mark.append(title);
    return mark;
  }
}

function showEmptiness() {
  document.getElementById('none').hidden = cards.size > 0;
}

function show(camera) {
  if (!cards.has(camera.id)) {
    const card = new Card(camera);
    cards.set(camera.id, card);
    document.getElementById('cameras').append(card.element);
    card.refresh();
  }
}

async function loadPage(address) {
  const page = await call(address);
  page.items.forEach(show);
  next = page.next;
  document.getElementById('more').hidden = next === null;
  showEmptiness();
}

async function add(event) {
  event.preventDefault();
  const form = event.target;
  const camera = {url: form.url.value.trim(), transport: form.transport.value};
  if (form.elements.name.value.trim()) {
    camera.name = form.elements.name.value.trim();
  }
  try {
    const added = await post(CAMERAS, camera);
    show(added);
    showEmptiness();
    form.reset();
    say(said, `${words.added} ${added.name} (${added.id})`);
  } catch (e) {
    say(said, e.message, true);
  }
}

async function beat() {
  if (!document.hidden) {
    await Promise.all([...cards.values()].map(card => card.refresh()));
  }
  setTimeout(beat, STATUS_MILLIS);
}

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const offset = new Intl.DateTimeFormat('en', {timeZoneName: 'longOffset'})
  .formatToParts(new Date()).find(part => part.type === 'timeZoneName').value;
document.getElementById('zone').textContent = `${words.zone} ${zone} (${offset}).`;
const said = document.getElementById('said');
const first = () => loadPage(`${CAMERAS}?limit=24`).catch(e => say(said, e.message, true));
document.getElementById('add').addEventListener('submit', add);
document.getElementById('more').addEventListener('click', () => loadPage(next));
mountFinding(choose);
mountRegistering(camera => {
  show(camera);
  showEmptiness();
});
mountImporting(first);
mountEvents();
mountAccount()
  .catch(e => say(said, e.message, true))
  .then(first)
  .finally(() => setTimeout(beat, STATUS_MILLIS));
