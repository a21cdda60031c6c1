import type {Camera, Unit} from '../../main/web/server/cameras.ts';
import {OrganisationTree} from '../../main/web/tree/organisation-tree.ts';
import type {Row} from '../../main/web/tree/organisation-tree.ts';
import assert from 'node:assert/strict';
import {test} from 'node:test';

const top: Unit = {id: 1, kind: 'ministry', name: 'Top'};
const north: Unit = {id: 2, kind: 'region', name: 'North'};
const south: Unit = {id: 3, kind: 'region', name: 'South'};
const gate: Camera = {id: 'gate', name: 'Gate', hasSub: true};
const yard: Camera = {id: 'yard', name: 'Yard', hasSub: false};

const source = {
  asked: [] as string[],
  broken: false,
  ownUnits: async (): Promise<Unit[]> => [top],
  async unitsBelow(unit: number): Promise<Unit[]> {
    this.asked.push(`units ${unit}`);
    if (this.broken) {
      throw new Error('no answer');
    }
    return unit === 1 ? [north, south] : [];
  },
  async camerasOf(unit: number): Promise<Camera[]> {
    this.asked.push(`cameras ${unit}`);
    return unit === 1 ? [gate, yard] : unit === 2 ? [gate] : [];
  }
};

function lines(tree: OrganisationTree): string[] {
  return tree.rows().map(row => {
    const name = row.type === 'unit' ? row.unit.name
      : row.type === 'camera' ? row.camera.name : row.type;
    return `${row.level} ${name}`;
  });
}

function named(tree: OrganisationTree, name: string): Row {
  const row = tree.rows().find(one => one.type === 'unit' && one.unit.name === name
    || one.type === name);
  assert(row, name);
  return row;
}

test('a single root is open, and only what is opened is read', async () => {
  source.asked = [];
  let changes = 0;
  const tree = new OrganisationTree(source, () => changes++);
  await tree.begin();
  assert.deepEqual(lines(tree), ['1 Top', '2 all', '2 North', '2 South']);
  assert.deepEqual(source.asked, ['units 1']);
  await tree.open(named(tree, 'North'));
  await tree.open(named(tree, 'South'));
  assert.deepEqual(lines(tree),
    ['1 Top', '2 all', '2 North', '3 Gate', '2 South', '3 nothing']);
  await tree.open(named(tree, 'all'));
  assert.deepEqual(lines(tree).slice(0, 4), ['1 Top', '2 all', '3 Gate', '3 Yard']);
  tree.close(named(tree, 'Top'));
  assert.deepEqual(lines(tree), ['1 Top']);
  assert(changes > 5);
});

test('a branch that cannot be read stays closed and can be tried again', async () => {
  const tree = new OrganisationTree(source, () => {});
  await tree.begin();
  source.broken = true;
  await assert.rejects(tree.open(named(tree, 'North')), /no answer/);
  assert.deepEqual(lines(tree), ['1 Top', '2 all', '2 North', '2 South']);
  source.broken = false;
  await tree.open(named(tree, 'North'));
  assert.deepEqual(lines(tree)[3], '3 Gate');
});
