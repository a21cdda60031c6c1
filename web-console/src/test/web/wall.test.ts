import {EMPTY, cleared, filled, focused, following, nextFree, placed, restored, tileCount,
  toggledAlone, withLayout} from '../../main/web/wall/wall.ts';
import assert from 'node:assert/strict';
import {test} from 'node:test';

test('what is kept comes back', () => {
  const wall = placed(withLayout(EMPTY, '9'), 3, 'gate');
  const back = restored(JSON.parse(JSON.stringify(wall)));
  assert.equal(back.layout, '9');
  assert.deepEqual(back.cameras, wall.cameras);
});

test('what somebody else has written is not believed', () => {
  const hostile: unknown[] = [
    null, 7, 'x', [], {}, {layout: '17', cameras: 'no'}, {layout: '9', cameras: [{}, 1, '', null]},
    {layout: '__proto__', cameras: ['x'.repeat(101)]}, {cameras: Array(1000).fill(['a'])}
  ];
  for (const kept of hostile) {
    const wall = restored(kept);
    assert.equal(wall.cameras.length, 16);
    assert.deepEqual(wall.cameras, EMPTY.cameras);
    assert(tileCount(wall) > 0);
  }
});

test('a camera is on the wall once: it changes places', () => {
  let wall = placed(placed(EMPTY, 0, 'a'), 1, 'b');
  wall = placed(wall, 0, 'b');
  assert.deepEqual(wall.cameras.slice(0, 2), ['b', 'a']);
  wall = placed(wall, 0, 'b');
  assert.deepEqual(wall.cameras.slice(0, 2), ['b', 'a']);
});

test('chosen cameras go to the focused tile if empty, then to the first empty one', () => {
  let wall = focused(EMPTY, 2);
  assert.equal(nextFree(wall), 2);
  wall = placed(wall, 2, 'a');
  assert.equal(nextFree(wall), 0);
  wall = filled(wall, ['a', 'b', 'c', 'd', 'e']);
  assert.deepEqual(wall.cameras.slice(0, 5), ['b', 'c', 'a', 'd', null]);
  assert.equal(nextFree(wall), 2, 'a full wall: the focused one');
});

test('a smaller layout keeps the cameras and a focus it has', () => {
  const wall = focused(placed(withLayout(EMPTY, '16'), 15, 'far'), 15);
  const small = withLayout(wall, '4');
  assert.equal(small.focus, 3);
  assert.equal(withLayout(small, '16').cameras[15], 'far');
});

test('one alone, and together again', () => {
  const alone = toggledAlone(EMPTY, 2);
  assert.equal(alone.alone, 2);
  assert.equal(toggledAlone(alone, 2).alone, null);
  assert.equal(focused(alone, 1).alone, 1, 'arrows go on while one is alone');
  assert.equal(withLayout(alone, '9').alone, null);
});

test('an empty tile stays where it is', () => {
  const wall = cleared(placed(placed(EMPTY, 0, 'a'), 1, 'b'), 0);
  assert.deepEqual(wall.cameras.slice(0, 2), [null, 'b']);
});

test('the camera after the last is the first', () => {
  assert.equal(following(['a', 'b', 'c'], 'c', 1), 'a');
  assert.equal(following(['a', 'b', 'c'], 'a', -1), 'c');
  assert.equal(following(['a', 'b'], null, 1), 'a');
  assert.equal(following(['a', 'b'], 'gone', -1), 'a');
  assert.equal(following([], 'a', 1), null);
});
