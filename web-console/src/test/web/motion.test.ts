import {REST, between, dragged, held, inPicture, zoomRatio} from '../../main/web/ptz/motion.ts';
import assert from 'node:assert/strict';
import {test} from 'node:test';

test('a drag turns the dome that way, the longer the faster, never faster than full', () => {
  const short = dragged({x: 0.1, y: 0}, 1);
  const long = dragged({x: 0.3, y: 0}, 1);
  assert(short.pan > 0 && long.pan > short.pan);
  assert.equal(long.tilt, 0);
  assert(dragged({x: 0, y: 0.2}, 1).tilt < 0, 'down is down');
  const far = dragged({x: 3, y: 4}, 1);
  assert(Math.abs(Math.hypot(far.pan, far.tilt) - 1) < 0.01);
});

test('a tremble is none', () => {
  assert.equal(dragged({x: 0.01, y: 0.01}, 1), REST);
});

test('zoomed in, the same drag turns as much slower', () => {
  const wide = dragged({x: 0.4, y: 0}, 1).pan;
  const close = dragged({x: 0.4, y: 0}, 10).pan;
  assert(Math.abs(close - wide / 10) < 0.002);
  assert.deepEqual(dragged({x: 0.4, y: 0}, null), dragged({x: 0.4, y: 0}, 1));
});

test('keys add up, and against each other they rest', () => {
  const both = held(['ArrowLeft', 'ArrowUp'], 1);
  assert(both.pan < 0 && both.tilt > 0 && both.zoom === 0);
  assert.deepEqual(held(['ArrowLeft', 'ArrowRight'], 1), REST);
  assert.equal(held(['+', '='], 20).zoom, 0.6, 'the zoom is not slowed down');
});

test('bars beside the picture are no part of it', () => {
  const tile = {width: 400, height: 200};
  const picture = {width: 640, height: 480};
  assert.equal(inPicture({x: 10, y: 100}, tile, picture), null);
  assert.deepEqual(inPicture({x: 200, y: 100}, tile, picture), {x: 0.5, y: 0.5});
  assert.equal(inPicture({x: 1, y: 1}, tile, {width: 0, height: 0}), null);
});

test('a box has its corner upper left whichever way it was drawn', () => {
  const box = between({x: 0.75, y: 0.5}, {x: 0.25, y: 0.25});
  assert.deepEqual(box, {x: 0.25, y: 0.25, width: 0.5, height: 0.25});
  assert.equal(between({x: 0.5, y: 0.5}, {x: 0.51, y: 0.9}), null);
});

test('the wheel zooms in forwards, and not without end', () => {
  assert(zoomRatio(-100) > 1 && zoomRatio(100) < 1);
  assert.equal(zoomRatio(-1e9), 4);
  assert.equal(zoomRatio(1e9), 0.25);
});
