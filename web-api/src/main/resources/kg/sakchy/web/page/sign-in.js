'use strict';

import {API, call, post, put, say, useSession, words} from '/api.js';

const forms = ['password', 'code', 'change'].map(id => document.getElementById(id));
const [password, code, change] = forms;
const said = document.getElementById('said');
const provider = document.getElementById('provider');
const PROVIDER = `${API}/session/provider`;
const formOf = {second_factor: code, password_change: change};

function next(session) {
  useSession(session);
  const form = formOf[session.stage];
  if (!form) {
    location.replace('/' + location.search + location.hash); // back to where one was
    return;
  }
  for (const other of forms) {
    other.hidden = other !== form;
  }
  provider.hidden = true;
  form.querySelector('input').focus();
}

function step(form, ask) {
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const button = form.querySelector('button');
    button.disabled = true;
    say(said, '');
    try {
      next(await ask(form.elements));
    } catch (e) {
      say(said, e.message, true);
    } finally {
      button.disabled = false;
    }
  });
}

step(password, fields =>
  post(`${API}/session`, {name: fields.name.value.trim(), password: fields.password.value}));
step(code, fields => post(`${API}/session/code`, {code: fields.code.value.trim()}));
step(change, fields => {
  if (fields.next.value !== fields.again.value) {
    throw new Error(words.passwordsDiffer);
  }
  return put(`${API}/session/password`,
    {current: password.elements.password.value, next: fields.next.value});
});

/** Shows the way over the identity provider where there is one. */
async function offerProvider() {
  const {name} = await call(PROVIDER);
  const button = provider.querySelector('button');
  button.textContent = words.signInAt.replace('{0}', () => name);
  button.addEventListener('click', async () => {
    try {
      location.assign((await post(PROVIDER)).address);
    } catch (e) {
      say(said, e.message, true);
    }
  });
  provider.hidden = name === null || password.hidden;
}

/** Ends a sign-in with what the identity provider sent back in the address of this page. */
async function comeBack(answer) {
  history.replaceState(null, '', location.pathname);
  if (!answer.has('code')) {
    throw new Error(`${words.providerRefused} ${answer.get('error') ?? ''}`);
  }
  const issuer = answer.has('iss') ? {issuer: answer.get('iss')} : {};
  next(await put(PROVIDER, {code: answer.get('code'), state: answer.get('state'), ...issuer}));
}

const answer = new URLSearchParams(location.search);
if (answer.has('state')) {
  comeBack(answer).catch(e => say(said, e.message, true));
}
offerProvider().catch(() => {});
