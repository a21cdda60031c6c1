import {LAYOUTS, LAYOUT_NAMES, layoutOfKey, neighbour} from '../../main/web/wall/layout.ts';
import type {Direction, LayoutName} from '../../main/web/wall/layout.ts';
import assert from 'node:assert/strict';
import {test} from 'node:test';

const COUNTS: Record<LayoutName, number> =
  {'1': 1, '4': 4, '9': 9, '16': 16, '1+5': 6, '1+7': 8};

for (const name of LAYOUT_NAMES) {
  const {cells, places} = LAYOUTS[name];

  test(`layout ${name} covers every cell once`, () => {
    const covered = new Set<string>();
    for (const {column, row, span} of places) {
      for (let c = column; c < column + span; c++) {
        for (let r = row; r < row + span; r++) {
          assert(c < cells && r < cells, 'inside');
          assert(!covered.has(`${c},${r}`), 'once');
          covered.add(`${c},${r}`);
        }
      }
    }
    assert.equal(covered.size, cells * cells);
    assert.equal(places.length, COUNTS[name]);
  });

  test(`every tile of layout ${name} is reached by arrows`, () => {
    const reached = new Set([0]);
    for (const tile of reached) {
      for (const direction of ['left', 'right', 'up', 'down'] satisfies Direction[]) {
        reached.add(neighbour(LAYOUTS[name], tile, direction));
      }
    }
    assert.equal(reached.size, places.length);
  });
}

test('at the edge one stays', () => {
  assert.equal(neighbour(LAYOUTS['9'], 0, 'left'), 0);
  assert.equal(neighbour(LAYOUTS['9'], 8, 'down'), 8);
  assert.equal(neighbour(LAYOUTS['9'], 4, 'up'), 1);
});

test('from the large tile to the small ones and back', () => {
  const layout = LAYOUTS['1+5'];
  const right = neighbour(layout, 0, 'right');
  assert.deepEqual(layout.places[right], {column: 2, row: 0, span: 1});
  assert.equal(neighbour(layout, right, 'left'), 0);
  assert.equal(neighbour(layout, neighbour(layout, 0, 'down'), 'up'), 0);
});

test('every layout has a key of its own', () => {
  assert.equal(new Set(LAYOUT_NAMES.map(name => LAYOUTS[name].key)).size, LAYOUT_NAMES.length);
  assert.equal(layoutOfKey('0'), '16');
  assert.equal(layoutOfKey('x'), undefined);
});
