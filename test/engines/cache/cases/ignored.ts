import type { CacheCase } from '../cache-case.ts';
import { fromPlain } from './from-plain.ts';

const copyDirectory = fromPlain('COPY d /d', 'WORKDIR /end');
const files = { 'd/x': '1', 'd/x.log': '1', 'd/sub/y.log': '1' };

/** What an ignore file does to keys. */
export const ignored: readonly CacheCase[] = [
  {
    name: 'ignored-file-changed',
    before: { dockerfile: copyDirectory, files: { ...files, '.dockerignore': '**/*.log\n' } },
    after: { files: { 'd/x.log': '2', 'd/sub/y.log': '2' } },
  },
  {
    name: 'ignored-file-added',
    builtBy: ['buildkit'],
    before: { dockerfile: copyDirectory, files: { 'd/x': '1', '.dockerignore': '**/*.log\n' } },
    after: { files: { 'd/z.log': '2' } },
  },
  {
    name: 'ignored-directory-mode',
    builtBy: ['buildkit'],
    before: {
      dockerfile: copyDirectory,
      files: { 'd/x': '1', 'd/out': { directory: 0o755 }, 'd/out/y': '1', '.dockerignore': 'd/out\n' },
    },
    after: { files: { 'd/out': { directory: 0o700 } } },
  },
  {
    name: 'ignore-rule-added-that-matters',
    before: { dockerfile: copyDirectory, files },
    after: { files: { '.dockerignore': '**/*.log\n' } },
  },
  {
    name: 'ignore-rule-added-that-does-not-matter',
    builtBy: ['buildkit'],
    before: { dockerfile: copyDirectory, files: { ...files, '.dockerignore': 'other\n' } },
    after: { files: { '.dockerignore': 'other\n# a comment\nsomething\n' } },
  },
  {
    name: 'ignore-exception',
    before: { dockerfile: copyDirectory, files: { ...files, '.dockerignore': 'd/*\n!d/x\n' } },
    after: { files: { 'd/x.log': '2', 'd/sub/y.log': '2' } },
  },
  {
    name: 'ignore-exception-changed-file',
    builtBy: ['buildkit'],
    before: { dockerfile: copyDirectory, files: { ...files, '.dockerignore': 'd/*\n!d/x\n' } },
    after: { files: { 'd/x': '2' } },
  },
  {
    name: 'ignore-exception-below-an-ignored-directory',
    builtBy: ['buildkit', 'classic'],
    before: {
      dockerfile: copyDirectory,
      files: { ...files, '.dockerignore': 'd/sub\n!d/sub/keep\n', 'd/sub/keep': '1' },
    },
    after: { files: { 'd/sub/y.log': '2' } },
  },
  {
    name: 'ignore-file-of-the-dockerfile-comes-first',
    // Only the classic builder does not know it.
    before: {
      dockerfile: copyDirectory,
      files: { ...files, '.dockerignore': 'other\n', 'Dockerfile.dockerignore': '**/*.log\n' },
    },
    after: { files: { 'd/x.log': '2' } },
  },
  {
    name: 'ignore-file-itself-in-a-whole-context',
    builtBy: ['buildkit'],
    before: { dockerfile: fromPlain('COPY . /app', 'WORKDIR /end'), files: { a: '1', '.dockerignore': 'x\n' } },
    after: { files: { '.dockerignore': 'y\n' } },
  },
  {
    name: 'ignored-dockerfile-in-a-whole-context',
    before: {
      dockerfile: fromPlain('COPY . /app', 'WORKDIR /end'),
      files: { a: '1', '.dockerignore': 'Dockerfile\n.dockerignore\n' },
    },
    after: { dockerfile: fromPlain('# a comment', 'COPY . /app', 'WORKDIR /end') },
  },
];
