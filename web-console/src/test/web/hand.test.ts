import {Hand} from '../../main/web/ptz/hand.ts';
import type {PtzCommand} from '../../main/web/ptz/ptz-link.ts';
import assert from 'node:assert/strict';
import {test} from 'node:test';

const LONGEST_MILLIS = 20_000;
const RIGHT = {pan: 1, tilt: 0, zoom: 0};

/** Waits for so many commands; none comes too late on a slow machine. */
async function until(sent: PtzCommand[], count: number): Promise<void> {
  const end = performance.now() + LONGEST_MILLIS;
  while (sent.length < count && performance.now() < end) {
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  assert(sent.length >= count, `${sent.length} of ${count}`);
}

test('a speed is told at once and again, and rest is told once', async () => {
  const sent: PtzCommand[] = [];
  const hand = new Hand(command => sent.push(command));
  hand.move(RIGHT);
  assert.deepEqual(sent, [{command: 'velocity', ...RIGHT}]);
  await until(sent, 3);
  hand.rest();
  hand.rest();
  assert.equal(sent.filter(({command}) => command === 'stop').length, 1);
  assert.equal(sent.at(-1)?.command, 'stop');
});

test('many small movements are few commands, and the last one counts', async () => {
  const sent: PtzCommand[] = [];
  const hand = new Hand(command => sent.push(command));
  for (let i = 0; i < 1_000; i++) {
    hand.move({pan: i / 1_000, tilt: 0, zoom: 0});
  }
  const few = sent.length;
  assert(few < 100, `${few}`);
  await until(sent, few + 1);
  assert.deepEqual(sent.at(-1), {command: 'velocity', pan: 0.999, tilt: 0, zoom: 0});
  hand.rest();
});

test('who has lost the dome to somebody else does not stop it', () => {
  const sent: PtzCommand[] = [];
  const hand = new Hand(command => sent.push(command));
  hand.move(RIGHT);
  hand.letGo();
  hand.rest();
  assert.equal(sent.length, 1);
});

test('turns of the wheel are one step', async () => {
  const sent: PtzCommand[] = [];
  const hand = new Hand(command => sent.push(command));
  hand.turn(-50);
  hand.turn(-50);
  await until(sent, 1);
  assert.deepEqual(sent, [{command: 'relative', zoomRatio: 1.2}]);
});
