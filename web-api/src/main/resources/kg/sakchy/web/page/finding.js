'use strict';

import {API, call, element, follow, post, row, say, words} from '/api.js';

const form = document.getElementById('find');
const said = document.getElementById('finding-said');
const progress = document.getElementById('finding-progress');
const table = document.getElementById('found');
const stop = document.getElementById('find-stop');
const rows = new Map();
let search = null;

/** Lets people search; `choose` gets the address of a device to register. */
export function mountFinding(choose) {
  form.addEventListener('submit', event => {
    event.preventDefault();
    begin(choose);
  });
  stop.addEventListener('click', () => {
    call(`${API}/discovery/${search}`, {method: 'DELETE'}).catch(e => say(said, e.message, true));
  });
}

async function begin(choose) {
  rows.clear();
  table.tBodies[0].replaceChildren();
  const ranges = form.ranges.value.split(/[\s,;]+/).filter(range => range);
  try {
    const begun = await post(`${API}/discovery`, {ranges, seconds: Number(form.seconds.value)});
    search = begun.id;
    busy(true);
    say(said, words.finding);
    follow(begun.events, {
      found: device => show(device, choose),
      left: gone => rows.get(gone.endpoint)?.classList.add('gone'),
      progress: step => {
        progress.max = step.total;
        progress.value = step.asked;
      },
      finished: end
    }, 'finished', () => {
      busy(false);
      say(said, words.offline, true);
    });
  } catch (e) {
    say(said, e.message, true);
  }
}

function busy(on) {
  form.elements.begin.disabled = on;
  stop.hidden = !on;
  progress.hidden = !on;
  progress.removeAttribute('value');
}

function end(result) {
  busy(false);
  if (result.problem) {
    say(said, result.problem, true);
  } else {
    say(said, rows.size === 0 ? words.foundNone : `${words.found}: ${rows.size}`);
  }
}

function show(device, choose) {
  const address = device.services[0] ?? device.sender;
  const known = device.registered
    ? document.createTextNode(`${words.registeredAs} ${device.camera}`)
    : chooser(address, choose);
  const shown = row(device.name || device.hardware, device.hardware, address,
    device.onvifProfiles.join(' '), known);
  rows.get(device.endpoint)?.remove();
  rows.set(device.endpoint, shown);
  table.tBodies[0].append(shown);
  table.hidden = false;
}

function chooser(address, choose) {
  const button = element('button', words.registerThis);
  button.type = 'button';
  button.addEventListener('click', () => choose(address));
  return button;
}
