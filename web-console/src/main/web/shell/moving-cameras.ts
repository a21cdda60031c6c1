import type {CameraEvent} from '../server/events.ts';
import {Store} from '../base/store.ts';

// What begins and is never said to end is over after this.
const LONGEST_MILLIS = 60_000;
const PULSE_MILLIS = 5_000;

/** Before which cameras something moves, as their events say. */
export class MovingCameras extends Store<ReadonlySet<string>> {
  readonly #ends = new Map<string, ReturnType<typeof setTimeout>>();

  constructor() {
    super(new Set());
  }

  hear({camera, kind, state}: CameraEvent): void {
    if (kind !== 'motion') {
      return;
    }
    clearTimeout(this.#ends.get(camera));
    this.#ends.delete(camera);
    const moving = new Set(this.value);
    if (state === 'inactive') {
      moving.delete(camera);
    } else {
      moving.add(camera);
      const lasts = state === 'pulse' ? PULSE_MILLIS : LONGEST_MILLIS;
      this.#ends.set(camera, setTimeout(() =>
        this.hear({camera, kind, state: 'inactive'}), lasts));
    }
    this.set(moving);
  }
}
