import {CameraStates} from '../../main/web/tree/camera-states.ts';
import type {Summary} from '../../main/web/server/cameras.ts';
import assert from 'node:assert/strict';
import {test} from 'node:test';

const settled = (): Promise<void> => new Promise(resolve => setTimeout(resolve));

test('only what is looked at is asked, three at a time, and not again at once', async () => {
  const asked: string[] = [];
  const answers: Array<(summary: Summary) => void> = [];
  let now = 0;
  const states = new CameraStates(camera => {
    asked.push(camera);
    return new Promise(resolve => answers.push(resolve));
  }, () => now);
  states.see(['a', 'b', 'c', 'd', 'e']);
  assert.deepEqual(asked, ['a', 'b', 'c']);
  states.see(['d']);
  answers.shift()?.('recording');
  await settled();
  assert.deepEqual(asked, ['a', 'b', 'c', 'd'], 'e is not looked at any more');
  assert.equal(states.value.get('a'), 'recording');
  states.see(['a']);
  assert.equal(asked.length, 4);
  now = 20_000;
  answers.forEach(answer => answer('off'));
  await settled();
  states.see(['a']);
  assert.equal(asked.length, 5);
});

test('one that cannot be asked keeps nobody waiting', async () => {
  const states = new CameraStates(camera =>
    camera === 'good' ? Promise.resolve('failing') : Promise.reject(new Error('away')));
  states.see(['bad', 'worse', 'worst', 'good']);
  await settled();
  await settled();
  assert.equal(states.value.get('good'), 'failing');
});
