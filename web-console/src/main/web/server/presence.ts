import {Store} from '../base/store.ts';

/** How the server as a whole is doing, seen from here. */
export type Presence =
  | {readonly state: 'here'}
  | {readonly state: 'away'}
  | {readonly state: 'failing'; readonly status: number}
  | {readonly state: 'busy'; readonly untilMillis: number};

const HERE: Presence = {state: 'here'};
const MOST_WAIT_SECONDS = 300;
const LOOK_MILLIS = 2_000;

/**
 * Whether the server answers. Once it does not, it is asked again and again until it does: people
 * have nothing to load again.
 */
class ServerPresence extends Store<Presence> {
  #looking = false;

  /** No answer came. */
  lost(): void {
    this.set({state: 'away'});
    this.#look();
  }

  /** Something was cut off, for whatever reason: it is asked at once whether it is there. */
  doubted(): void {
    if (!this.#looking) {
      this.#looking = true;
      void this.#ask();
    }
  }

  /** An answer came. */
  answered(status: number, retryAfter: string | null): void {
    if (status === 429) {
      const seconds = Math.min(MOST_WAIT_SECONDS, Math.max(1, Number(retryAfter) || 5));
      this.set({state: 'busy', untilMillis: Date.now() + seconds * 1_000});
      this.#look();
    } else if (status >= 500) {
      this.set({state: 'failing', status});
      this.#look();
    } else if (this.value.state === 'away') {
      this.set(HERE);
    }
  }

  #look(): void {
    if (!this.#looking) {
      this.#looking = true;
      setTimeout(() => void this.#ask(), LOOK_MILLIS);
    }
  }

  async #ask(): Promise<void> {
    this.#looking = false;
    const now = this.value;
    try {
      const {ok} = await fetch('/healthz', {signal: AbortSignal.timeout(5_000)});
      if (ok && !(now.state === 'busy' && Date.now() < now.untilMillis)) {
        this.set(HERE);
        return;
      }
    } catch {
      this.set({state: 'away'});
    }
    this.#look();
  }
}

export const presence = new ServerPresence(HERE);
addEventListener('offline', () => presence.lost());
