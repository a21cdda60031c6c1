'use strict';

import {API, call, follow, moments, row, say, words} from '/api.js';

const SHOWN = 50;
const table = document.getElementById('events');
const said = document.getElementById('events-said');
const entries = new Map();

/** Shows the latest events, and those that come. */
export function mountEvents() {
  const source = follow(`${API}/events/stream`, {event: add}, null, () =>
    say(said, words.eventsLost, true));
  source.addEventListener('error', () => say(said, words.eventsLost, true));
  source.addEventListener('open', load);
}

async function load() {
  try {
    const page = await call(`${API}/events?limit=${SHOWN}`);
    page.items.forEach(item => entries.set(item.number, item));
    say(said, '');
    draw();
  } catch (e) {
    say(said, e.message, true);
  }
}

function add(item) {
  entries.set(item.number, item);
  draw();
}

function draw() {
  const newest = [...entries.keys()].sort((one, other) => other - one);
  newest.slice(SHOWN).forEach(number => entries.delete(number));
  table.tBodies[0].replaceChildren(...newest.slice(0, SHOWN).map(number => {
    const item = entries.get(number);
    const data = Object.entries(item.data).map(([name, value]) => `${name}: ${value}`).join(', ');
    return row(moments.format(new Date(item.at)), item.camera, words['kind.' + item.kind],
      words['state.' + item.state], data || item.topic);
  }));
  document.getElementById('events-none').hidden = entries.size > 0;
  table.hidden = entries.size === 0;
}
