'use strict';

import {API, post, put, say, useSession, words} from '/api.js';

const forms = ['password', 'code', 'change'].map(id => document.getElementById(id));
const [password, code, change] = forms;
const said = document.getElementById('said');
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
