'use strict';

const API = '/api/v1/cameras';
const DAY_SECONDS = 86400;
const STATUS_MILLIS = 3000;
const PICTURE_EVERY = 3;
const TIMELINE_EVERY = 10;
// A file that still grows would change between two range requests of a player.
const SETTLED_MILLIS = 10000;
const language = document.documentElement.lang;
const words = JSON.parse(document.getElementById('words').textContent);
const moments = new Intl.DateTimeFormat(language, {dateStyle: 'short', timeStyle: 'medium'});
const cards = new Map();
let next = null;

async function call(path, options = {}) {
  const headers = {'Accept-Language': language, ...options.headers};
  let response;
  try {
    response = await fetch(path, {...options, headers});
  } catch {
    throw new Error(words.offline);
  }
  if (response.status === 204) {
    return null;
  }
  const body = await response.json();
  if (!response.ok) {
    throw new Error(body.title + ': ' + body.detail);
  }
  return body;
}

function videoAddress(id) {
  const end = Date.now() - SETTLED_MILLIS;
  const range = new URLSearchParams({
    from: new Date(end - 60000).toISOString(), to: new Date(end).toISOString()});
  return `${API}/${id}/video.mp4?${range}`;
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
    const video = this.find('video');
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
      await call(`${API}/${this.id}`, {method: 'DELETE'});
      this.element.remove();
      cards.delete(this.id);
      showEmptiness();
    } catch (e) {
      this.say(e.message);
    }
  }

  async refresh() {
    try {
      const status = await call(`${API}/${this.id}/status`);
      this.find('.state').className = `state ${status.summary}`;
      this.find('.words').textContent = status.words;
      this.find('.figures').textContent = figures(status.stream);
      if (this.rounds % PICTURE_EVERY === 0) {
        const at = encodeURIComponent(new Date().toISOString());
        this.find('img').src = `${API}/${this.id}/snapshot.jpg?width=480&at=${at}`;
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

  async refreshTimeline() {
    const to = new Date();
    const from = new Date(to.getTime() - DAY_SECONDS * 1000);
    const range = new URLSearchParams({from: from.toISOString(), to: to.toISOString()});
    const timeline = await call(`${API}/${this.id}/timeline?${range}`);
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

function said(text, wrong) {
  const place = document.getElementById('said');
  place.textContent = text;
  place.className = wrong ? 'wrong' : '';
}

async function add(event) {
  event.preventDefault();
  const form = event.target;
  const camera = {url: form.url.value.trim(), transport: form.transport.value};
  if (form.elements.name.value.trim()) {
    camera.name = form.elements.name.value.trim();
  }
  try {
    const added = await call(API, {
      method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(camera)});
    show(added);
    showEmptiness();
    form.reset();
    said(`${words.added} ${added.name} (${added.id})`, false);
  } catch (e) {
    said(e.message, true);
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
document.getElementById('add').addEventListener('submit', add);
document.getElementById('more').addEventListener('click', () => loadPage(next));
loadPage(`${API}?limit=24`).catch(e => said(e.message, true)).finally(() => setTimeout(beat, STATUS_MILLIS));
