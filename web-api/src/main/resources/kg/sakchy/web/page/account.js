'use strict';

import {API, call, post, put, say, useSession, words} from '/api.js';

const SESSION = `${API}/session`;
const said = document.getElementById('account-said');
const change = document.getElementById('change-password');
const enrol = document.getElementById('enrol');

function submitted(form, work) {
  form.addEventListener('submit', async event => {
    event.preventDefault();
    try {
      say(said, await work(form.elements));
    } catch (e) {
      say(said, e.message, true);
    }
  });
}

async function changePassword(fields) {
  if (fields.next.value !== fields.again.value) {
    throw new Error(words.passwordsDiffer);
  }
  useSession(await put(`${SESSION}/password`,
    {current: fields.current.value, next: fields.next.value}));
  change.reset();
  return words.passwordChanged;
}

async function showKey() {
  try {
    const made = await post(`${SESSION}/authenticator`);
    enrol.elements.key.value = made.key;
    const link = enrol.querySelector('a');
    link.href = made.uri;
    enrol.hidden = false;
  } catch (e) {
    say(said, e.message, true);
  }
}

async function enrolAuthenticator(fields) {
  await put(`${SESSION}/authenticator`,
    {password: fields.password.value, key: fields.key.value, code: fields.code.value.trim()});
  enrol.reset();
  enrol.hidden = true;
  return words.enrolled;
}

async function signOut() {
  const further = await call(SESSION, {method: 'DELETE'}).catch(() => null);
  location.replace(further?.address ?? '/sign-in');
}

/** Shows who is signed in; the session's token is known when this is done. */
export async function mountAccount() {
  const session = await call(SESSION);
  useSession(session);
  document.getElementById('who').textContent = session.displayName;
  document.getElementById('own-proof').hidden = session.provided;
  submitted(change, changePassword);
  submitted(enrol, enrolAuthenticator);
  document.getElementById('new-key').addEventListener('click', showKey);
  document.getElementById('sign-out').addEventListener('click', signOut);
}
