import {language} from '../base/words.ts';
import {presence} from './presence.ts';
import {sessionEnded} from './session.ts';

export const API = '/api/v1';
const PATIENCE_MILLIS = 20_000;
const MOST_PAGES = 500;

/** An answer other than the one hoped for; its message is for people, in their language. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;

  /** @param status of HTTP; 0 when no answer came */
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/**
 * Reads from the server. What is wrong with the server as a whole is told to everybody (`presence`);
 * who is not signed in any more is sent to sign in.
 *
 * @throws ApiProblem
 */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return await (await request(path, {}, signal)).json() as T;
}

/** All items of a list that comes page by page. */
export async function* pages<T>(path: string): AsyncGenerator<readonly T[]> {
  let next: string | null = path;
  for (let i = 0; next !== null && i < MOST_PAGES; i++) {
    const page: {items: T[]; next: string | null} = await get(next);
    yield page.items;
    next = page.next;
  }
}

/** Sends a request that changes something. */
export async function send(method: string, path: string, csrf: string | null): Promise<Response> {
  return request(path, {method, headers: csrf === null ? {} : {'Sakchy-Csrf': csrf}});
}

async function request(
  path: string, options: RequestInit & {headers?: Record<string, string>}, signal?: AbortSignal
): Promise<Response> {
  const limit = AbortSignal.timeout(PATIENCE_MILLIS);
  let response: Response;
  try {
    response = await fetch(path, {
      ...options,
      headers: {...options.headers, 'Accept-Language': language.value},
      signal: signal ? AbortSignal.any([signal, limit]) : limit
    });
  } catch (e) {
    if (signal?.aborted) {
      throw e;
    }
    presence.lost();
    throw new ApiProblem(0, 'unavailable', String(e));
  }
  presence.answered(response.status, response.headers.get('Retry-After'));
  if (response.status === 401) {
    sessionEnded();
  }
  if (!response.ok) {
    throw await problem(response);
  }
  return response;
}

async function problem(response: Response): Promise<ApiProblem> {
  try {
    const {code, title, detail} =
      await response.json() as {code: string; title: string; detail: string};
    return new ApiProblem(response.status, code, detail ? `${title}: ${detail}` : title);
  } catch {
    return new ApiProblem(response.status, 'internal', `HTTP ${response.status}`);
  }
}
