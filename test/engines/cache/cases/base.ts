import type { CacheCase } from '../cache-case.ts';

const dockerfile = 'FROM localhost/moving\nCOPY a /a\nRUN true\n';
const files = { a: '1' };

/** What of the base image counts, and how FROM names it. */
export const base: readonly CacheCase[] = [
  { name: 'base-changed', builtBy: ['buildkit', 'classic'], before: { dockerfile, files }, after: { moving: 'next' } },
  // BuildKit finds what it made when it first met the base; what later builds added it does not find under the new image.
  { name: 'base-other-label', before: { dockerfile, files }, after: { moving: 'labelled' } },
  { name: 'base-other-environment', before: { dockerfile, files }, after: { moving: 'environment' } },
  {
    name: 'base-other-workdir',
    builtBy: ['buildkit', 'classic'],
    before: { dockerfile, files },
    after: { moving: 'workdir' },
  },
  {
    name: 'base-other-workdir-relative-copy',
    before: { dockerfile: 'FROM localhost/moving\nCOPY a ./\nWORKDIR sub\n', files },
    after: { moving: 'workdir' },
  },
  {
    name: 'base-environment-expanded',
    before: { dockerfile: 'FROM localhost/moving\nCOPY a /x${EDITION:-1}/\nLABEL e=$EDITION\n', files },
    after: { moving: 'environment' },
  },
  {
    name: 'base-other-name-same-image',
    before: { dockerfile: 'FROM localhost/plain\nRUN true\n' },
    after: { dockerfile: 'FROM localhost/moving\nRUN true\n' },
  },
  {
    name: 'base-tag-written-out',
    builtBy: ['buildkit', 'classic'],
    before: { dockerfile: 'FROM localhost/plain\nRUN true\n' },
    after: { dockerfile: 'FROM localhost/plain:latest\nRUN true\n' },
  },
  {
    name: 'base-from-global-arg',
    builtBy: ['buildkit', 'classic'],
    before: { dockerfile: 'ARG BASE=localhost/plain\nFROM $BASE\nCOPY a /a\n', files },
    after: { args: { BASE: 'localhost/next' } },
  },
  {
    name: 'base-from-global-arg-same-image',
    before: { dockerfile: 'ARG BASE=plain\nFROM localhost/$BASE\nCOPY a /a\n', files },
    after: { dockerfile: 'ARG NAME=plain\nFROM localhost/${NAME}\nCOPY a /a\n' },
  },
  {
    name: 'base-chown-by-name-accounts-unchanged',
    before: { dockerfile: 'FROM localhost/moving\nCOPY --chown=app a /a\n', files },
    after: { moving: 'next' },
  },
];
