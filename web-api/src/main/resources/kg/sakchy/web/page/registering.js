'use strict';

import {API, element, post, say, words} from '/api.js';

const form = document.getElementById('register');
const said = document.getElementById('register-said');
const report = document.getElementById('report');

/** Lets people probe and register by ONVIF address; `registered` gets the new camera. */
export function mountRegistering(registered) {
  form.addEventListener('submit', event => {
    event.preventDefault();
    const check = event.submitter?.name === 'check';
    run(check, registered);
  });
}

/** Fills the form with an address that was found. */
export function choose(address) {
  form.address.value = address;
  form.closest('details').open = true;
  form.user.focus();
}

async function run(check, registered) {
  report.hidden = true;
  say(said, words.asking);
  const request = {address: form.address.value.trim(), keepHost: form.keepHost.checked};
  if (form.user.value) {
    request.user = form.user.value;
    request.password = form.password.value;
  }
  const name = form.elements.name.value.trim();
  try {
    if (check) {
      show(await post(`${API}/probe`, request));
      say(said, '');
    } else {
      const done = await post(`${API}/registrations`, name ? {...request, name} : request);
      show(done.report);
      registered(done.camera);
      form.reset();
      say(said, `${words.added} ${done.camera.name} (${done.camera.id})`);
    }
  } catch (e) {
    say(said, e.message, true);
  }
}

function show(found) {
  const identity = found.identity;
  report.querySelector('.who').textContent =
    [identity.make, identity.model, identity.firmware, identity.serial].filter(text => text)
      .join(' · ');
  report.querySelector('.streams').replaceChildren(...found.profiles.map(profile => {
    const chosen = profile.token === found.mainProfile ? ` – ${words.recordedStream}`
      : profile.token === found.subProfile ? ` – ${words.smallStream}` : '';
    return element('li', `${profile.name}: ${profile.codec} ${profile.width}×${profile.height}, `
      + `${profile.fps} fps, ${profile.kbps} kbit/s${chosen}`);
  }));
  report.querySelector('.warnings').replaceChildren(
    ...found.warnings.map(warning => element('li', warning.words)));
  report.hidden = false;
}
