import {Store} from '../base/store.ts';
import type {Summary} from '../server/cameras.ts';

const FRESH_MILLIS = 15_000;
const AT_A_TIME = 3;

/**
 * How the cameras are doing that people look at: of those alone the server is asked, a few at a time
 * and not more often than every 15 s.
 */
export class CameraStates extends Store<ReadonlyMap<string, Summary>> {
  readonly #ask: (camera: string) => Promise<Summary>;
  readonly #now: () => number;
  readonly #asked = new Map<string, number>();
  #waiting: string[] = [];
  #underWay = 0;

  constructor(ask: (camera: string) => Promise<Summary>, now: () => number = Date.now) {
    super(new Map());
    this.#ask = ask;
    this.#now = now;
  }

  /** These are looked at now, and no others. */
  see(cameras: readonly string[]): void {
    const now = this.#now();
    this.#waiting = cameras.filter(camera =>
      now - (this.#asked.get(camera) ?? -Infinity) >= FRESH_MILLIS);
    this.#next();
  }

  #next(): void {
    while (this.#underWay < AT_A_TIME) {
      const camera = this.#waiting.shift();
      if (camera === undefined) {
        return;
      }
      this.#underWay++;
      this.#asked.set(camera, this.#now());
      void this.#take(camera);
    }
  }

  async #take(camera: string): Promise<void> {
    try {
      const summary = await this.#ask(camera);
      if (this.value.get(camera) !== summary) {
        this.set(new Map(this.value).set(camera, summary));
      }
    } catch {
      // asked again later; what is wrong with the server is said elsewhere
    } finally {
      this.#underWay--;
      this.#next();
    }
  }
}
