import assert from 'node:assert/strict';
import {test} from 'node:test';
import {wallKey} from '../../main/web/wall/wall-key.ts';

const pressed = (key: string, code = '', shiftKey = false): unknown =>
  wallKey({key, code, shiftKey}, false);

test('letters are known by their place, whatever the layout writes', () => {
  assert.deepEqual(pressed('p', 'KeyP'), {type: 'steer'});
  assert.deepEqual(pressed('з', 'KeyP'), {type: 'steer'});
  assert.deepEqual(pressed('.', 'Slash'), {type: 'search'});
  assert.equal(pressed('?', 'Slash', true), null);
});

test('digits choose layouts', () => {
  assert.deepEqual(pressed('0', 'Digit0'), {type: 'layout', layout: '16'});
  assert.equal(pressed('7', 'Digit7'), null);
});

test('a button keeps its own keys', () => {
  assert.equal(wallKey({key: 'Enter', code: 'Enter', shiftKey: false}, true), null);
  assert.equal(wallKey({key: 'ArrowLeft', code: 'ArrowLeft', shiftKey: false}, true), null);
  assert.deepEqual(wallKey({key: 'Escape', code: 'Escape', shiftKey: false}, true), {type: 'back'});
});
