import {REST, zoomRatio} from './motion.ts';
import type {PtzCommand} from './ptz-link.ts';
import type {Velocity} from './motion.ts';

// The server stops a dome that hears nothing for 700 ms; more than ten commands a second help nobody.
const REPEAT_MILLIS = 200;
const LEAST_MILLIS = 100;

/** Passes on to a dome what a hand does: often enough, and not too often. */
export class Hand {
  readonly #send: (command: PtzCommand) => void;
  #velocity: Velocity = REST;
  #repeat: ReturnType<typeof setInterval> | undefined;
  #sentMillis = -Infinity;
  #wheel = 0;
  #wheelTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (command: PtzCommand) => void) {
    this.#send = send;
  }

  /** Moves like this, told again and again until it is another speed or rests. */
  move(velocity: Velocity): void {
    this.#velocity = velocity;
    if (performance.now() - this.#sentMillis >= LEAST_MILLIS) {
      this.#tell();
    }
    this.#repeat ??= setInterval(() => this.#tell(), REPEAT_MILLIS);
  }

  #tell(): void {
    this.#sentMillis = performance.now();
    this.#send({command: 'velocity', ...this.#velocity});
  }

  /** Turns of the wheel, gathered to one step of the zoom. */
  turn(wheelPixels: number): void {
    this.#wheel += wheelPixels;
    this.#wheelTimer ??= setTimeout(() => {
      this.#send({command: 'relative', zoomRatio: zoomRatio(this.#wheel)});
      this.#wheel = 0;
      this.#wheelTimer = undefined;
    }, LEAST_MILLIS);
  }

  /** Stops what moves by this hand. */
  rest(): void {
    if (this.#repeat !== undefined) {
      this.letGo();
      this.#send({command: 'stop'});
    }
  }

  /** Tells nothing more: it moves for somebody else now. */
  letGo(): void {
    clearInterval(this.#repeat);
    clearTimeout(this.#wheelTimer);
    this.#repeat = undefined;
    this.#wheelTimer = undefined;
    this.#wheel = 0;
  }
}
