/**
 * What this browser keeps, as JSON. It may be full, forbidden or hold what somebody else wrote: then
 * nothing is kept, or found.
 */

const PREFIX = 'sakchy.';

/** What was kept under a name, unchecked; null if nothing. */
export function recall(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name) ?? 'null');
  } catch {
    return null;
  }
}

export function keep(name: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // it lasts until the page is closed
  }
}
