import type { CacheCase } from '../cache-case.ts';
import { fromPlain } from './from-plain.ts';

const copyFile = fromPlain('COPY a /a', 'WORKDIR /end');
const copyDirectory = fromPlain('COPY d /d', 'WORKDIR /end');
const two = { 'd/x': 'x', 'd/sub/y': 'y' };

/** What of a copied file or directory counts. */
export const files: readonly CacheCase[] = [
  {
    name: 'file-unchanged',
    before: { dockerfile: copyFile, files: { a: '1' } },
    after: {},
  },
  {
    name: 'file-content',
    before: { dockerfile: copyFile, files: { a: '1' } },
    after: { files: { a: '2' } },
  },
  {
    name: 'file-beside',
    builtBy: ['buildkit'],
    before: { dockerfile: copyFile, files: { a: '1', b: '1' } },
    after: { files: { b: '2' } },
  },
  {
    name: 'file-mode',
    before: { dockerfile: copyFile, files: { a: { file: '1', mode: 0o644 } } },
    after: { files: { a: { file: '1', mode: 0o664 } } },
  },
  {
    name: 'file-setuid',
    before: { dockerfile: copyFile, files: { a: { file: '1', mode: 0o755 } } },
    after: { files: { a: { file: '1', mode: 0o4755 } } },
  },
  {
    name: 'file-time',
    before: { dockerfile: copyFile, files: { a: { file: '1', time: 1_000_000_000 } } },
    after: { files: { a: { file: '1', time: 1_100_000_000 } } },
  },
  {
    name: 'file-owner',
    before: { dockerfile: copyFile, files: { a: { file: '1', owner: 0 } } },
    after: { files: { a: { file: '1', owner: 1000 } } },
  },
  {
    name: 'file-renamed-under-a-glob',
    before: { dockerfile: fromPlain('COPY a* /all/', 'WORKDIR /end'), files: { a1: '1' } },
    after: { files: { a1: null, a2: '1' } },
  },
  {
    name: 'file-other-source-same-bytes',
    before: { dockerfile: copyFile, files: { a: '1', 'other/a': '1' } },
    after: { dockerfile: fromPlain('COPY other/a /a', 'WORKDIR /end') },
  },
  {
    name: 'file-other-basename-same-bytes',
    before: { dockerfile: copyFile, files: { a: '1', b: '1' } },
    after: { dockerfile: fromPlain('COPY b /a', 'WORKDIR /end') },
  },
  {
    name: 'file-becomes-empty',
    builtBy: ['buildkit'],
    before: { dockerfile: copyFile, files: { a: '1' } },
    after: { files: { a: '' } },
  },
  {
    name: 'file-becomes-directory',
    builtBy: ['buildkit', 'classic'],
    before: { dockerfile: fromPlain('COPY a /a/', 'WORKDIR /end'), files: { a: '1' } },
    after: { files: { a: null, 'a/x': '1' } },
  },
  {
    name: 'directory-file-content',
    before: { dockerfile: copyDirectory, files: two },
    after: { files: { 'd/sub/y': 'z' } },
  },
  {
    name: 'directory-file-mode',
    builtBy: ['buildkit', 'classic'],
    before: { dockerfile: copyDirectory, files: two },
    after: { files: { 'd/sub/y': { file: 'y', mode: 0o600 } } },
  },
  {
    name: 'directory-file-time',
    builtBy: ['buildkit'],
    before: { dockerfile: copyDirectory, files: { 'd/x': { file: '1', time: 1_000_000_000 } } },
    after: { files: { 'd/x': { file: '1', time: 1_100_000_000 } } },
  },
  {
    name: 'directory-file-added',
    builtBy: ['buildkit', 'classic'],
    before: { dockerfile: copyDirectory, files: two },
    after: { files: { 'd/z': 'z' } },
  },
  {
    name: 'directory-file-removed',
    builtBy: ['buildkit'],
    before: { dockerfile: copyDirectory, files: two },
    after: { files: { 'd/x': null } },
  },
  {
    name: 'directory-file-renamed',
    before: { dockerfile: copyDirectory, files: two },
    after: { files: { 'd/x': null, 'd/w': 'x' } },
  },
  {
    name: 'directory-empty-one-added',
    before: { dockerfile: copyDirectory, files: two },
    after: { files: { 'd/empty': { directory: 0o755 } } },
  },
  {
    name: 'directory-own-mode',
    before: { dockerfile: copyDirectory, files: { d: { directory: 0o755 }, 'd/x': 'x' } },
    after: { files: { d: { directory: 0o700 } } },
  },
  {
    name: 'directory-inner-mode',
    before: { dockerfile: copyDirectory, files: { 'd/sub': { directory: 0o755 }, 'd/sub/y': 'y' } },
    after: { files: { 'd/sub': { directory: 0o700 } } },
  },
  {
    name: 'directory-other-source-same-files',
    before: { dockerfile: copyDirectory, files: { 'd/x': 'x', 'e/x': 'x' } },
    after: { dockerfile: fromPlain('COPY e /d', 'WORKDIR /end') },
  },
  {
    name: 'directory-nested-source-same-files',
    builtBy: ['buildkit'],
    before: { dockerfile: copyDirectory, files: { 'd/x': 'x', 'e/d/x': 'x' } },
    after: { dockerfile: fromPlain('COPY e/d /d', 'WORKDIR /end') },
  },
  {
    name: 'context-whole',
    builtBy: ['buildkit'],
    before: { dockerfile: fromPlain('COPY . /app', 'WORKDIR /end'), files: { a: '1' } },
    after: { files: { a: '2' } },
  },
  {
    name: 'context-whole-and-the-dockerfile',
    // The Dockerfile is in the context: a comment in it is a change of what is copied.
    before: { dockerfile: fromPlain('COPY . /app', 'WORKDIR /end'), files: { a: '1' } },
    after: { dockerfile: fromPlain('# new', 'COPY . /app', 'WORKDIR /end') },
  },
];
