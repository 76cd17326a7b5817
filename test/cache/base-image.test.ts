import { expect, test } from 'vitest';
import { baseImage } from '../../src/cache/base-image.ts';

const node = { identity: 'read', config: null };

test.each(['node', 'node:latest', 'docker.io/library/node', 'library/node:latest'])(
  '%s is the one image',
  (reference) => {
    expect(baseImage({ bases: new Map([['node', node]]) }, reference)).toBe(node);
    expect(baseImage({ bases: new Map([['docker.io/library/node:latest', node]]) }, reference)).toBe(node);
  },
);

test('one that is not known is what its name in full says; what is no name is what it is', () => {
  expect(baseImage({ bases: new Map([['node:20', node]]) }, 'node')).toEqual({
    identity: 'docker.io/library/node:latest',
    config: null,
  });
  expect(baseImage({ bases: new Map() }, '$BASE')).toEqual({ identity: '$BASE', config: null });
});
