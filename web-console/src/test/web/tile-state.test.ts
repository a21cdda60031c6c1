import {after, causeKey, codecName, lagText, refusalKey} from '../../main/web/wall/tile-state.ts';
import type {Begin, Happening} from '../../main/web/player/messages.ts';
import type {TileState} from '../../main/web/wall/tile-state.ts';
import assert from 'node:assert/strict';
import {test} from 'node:test';

const begun: Begin = {
  type: 'begin', live: true, delivery: 'sub-stream', width: 640, height: 360, sound: false,
  mediaType: 'video/mp4; codecs="avc1.64001f"', mediaTime: 0
};
const connecting: TileState = {type: 'connecting'};
const playing = after(connecting, {type: 'playing', begun}, null);

test('what plays is named', () => {
  assert.deepEqual(playing,
    {type: 'playing', delivery: 'sub-stream', codec: 'H.264', width: 640, height: 360});
});

test('a camera that comes back shows what it showed before', () => {
  const away = after(playing, {
    type: 'interrupted', cause: 'network', code: 'x', message: 'm', at: '2026-11-22T12:00:00Z'
  }, playing);
  assert.deepEqual(away,
    {type: 'away', sinceMillis: Date.parse('2026-11-22T12:00:00Z'), cause: 'network'});
  assert.deepEqual(after(away, {type: 'resumed'}, playing), playing);
  assert.deepEqual(after(away, {type: 'resumed'}, null), connecting);
});

test('frames left out change nothing', () => {
  const dropped: Happening = {type: 'dropped', frames: 3, inAll: 5};
  assert.equal(after(playing, dropped, playing), playing);
});

test('a refusal is said in our words where there are some, else in the server\'s', () => {
  const refused = after(connecting,
    {type: 'problem', problem: {code: 'internal', title: 'Fault', detail: 'see log'}}, null);
  assert.deepEqual(refused, {type: 'refused', code: 'internal', detail: 'Fault: see log'});
  assert.equal(refusalKey('internal'), null);
  assert.equal(refusalKey('permission-denied'), 'refused.permission-denied');
});

test('codecs have the names people know', () => {
  assert.equal(codecName('video/mp4; codecs="hvc1.1.6.L93"'), 'H.265');
  assert.equal(codecName('video/mp4; codecs="hev1.1.6.L93,mp4a.40.2"'), 'H.265');
  assert.equal(codecName('nonsense'), '?');
});

test('causes nobody knows have words too', () => {
  assert.equal(causeKey('camera'), 'cause.camera');
  assert.equal(causeKey('constructor'), 'cause.unknown');
});

test('a lag is short to read', () => {
  assert.equal(lagText(84.6), '85 ms');
  assert.equal(lagText(-20), '0 ms');
  assert.equal(lagText(61_000), '61 s');
});
