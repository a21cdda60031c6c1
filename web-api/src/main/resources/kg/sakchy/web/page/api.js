'use strict';

export const API = '/api/v1';
export const language = document.documentElement.lang;
export const words = JSON.parse(document.getElementById('words').textContent);
export const moments = new Intl.DateTimeFormat(language, {dateStyle: 'short', timeStyle: 'medium'});

const SIGN_IN = '/sign-in';
let csrf = null;

/** From now on what changes something carries the token of this session. */
export function useSession(session) {
  csrf = session.csrf;
}

/** The header fields of a request that changes something. */
export function changing(headers = {}) {
  return csrf === null ? headers : {...headers, 'Sakchy-Csrf': csrf};
}

/**
 * Calls the API; a problem becomes an error whose message is for people. Who is not signed in any
 * more is sent to the page for that.
 */
export async function call(path, options = {}) {
  const given = options.method ? changing(options.headers) : options.headers;
  const headers = {'Accept-Language': language, ...given};
  let response;
  try {
    response = await fetch(path, {...options, headers});
  } catch {
    throw new Error(words.offline);
  }
  if (response.status === 202 || response.status === 204) {
    return null;
  }
  const body = await response.json();
  if (!response.ok) {
    if (response.status === 401 && location.pathname !== SIGN_IN
        && !(await isSignedIn())) {
      location.assign(SIGN_IN);
    }
    throw new Error(body.title + ': ' + body.detail);
  }
  return body;
}

/** A wrong password is a 401 too. */
async function isSignedIn() {
  const response = await fetch(`${API}/session`);
  return response.status !== 401;
}

function send(method, path, body) {
  return call(path, {
    method, headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)});
}

export function post(path, body) {
  return send('POST', path, body);
}

export function put(path, body) {
  return send('PUT', path, body);
}

export function say(place, text, wrong = false) {
  place.textContent = text;
  place.classList.toggle('wrong', wrong);
}

export function element(tag, text = '', className = '') {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) {
    made.className = className;
  }
  return made;
}

export function row(...cells) {
  const made = document.createElement('tr');
  for (const cell of cells) {
    const place = document.createElement('td');
    place.append(cell);
    made.append(place);
  }
  return made;
}

/** Follows an event stream until its last event; `on` has a function for each name. */
export function follow(path, on, last, failed) {
  const source = new EventSource(path);
  for (const [name, handle] of Object.entries(on)) {
    source.addEventListener(name, event => {
      if (name === last) {
        source.close();
      }
      handle(JSON.parse(event.data));
    });
  }
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) {
      failed();
    }
  });
  return source;
}
