import { writeTar } from '../../corpus/tar-header.ts';
import type { CacheCase } from '../cache-case.ts';
import { fromPlain } from './from-plain.ts';

/** As text, in which a context's files are: nothing in it needs more than ASCII. */
const archive = (content: string, mtime: number): string =>
  writeTar([{ name: 'x', content, mtime }]).toString('latin1');
const unpacks = fromPlain('ADD a.tar /d/', 'WORKDIR /end');

/** ADD. */
export const add: readonly CacheCase[] = [
  {
    name: 'add-file-changed',
    builtBy: ['buildkit', 'classic'],
    before: { dockerfile: fromPlain('ADD a /a', 'WORKDIR /end'), files: { a: '1' } },
    after: { files: { a: '2' } },
  },
  {
    name: 'add-for-copy',
    before: { dockerfile: fromPlain('COPY a /a', 'WORKDIR /end'), files: { a: '1' } },
    after: { dockerfile: fromPlain('ADD a /a', 'WORKDIR /end') },
  },
  {
    name: 'add-archive-changed',
    builtBy: ['buildkit'],
    before: { dockerfile: unpacks, files: { 'a.tar': archive('1', 1) } },
    after: { files: { 'a.tar': archive('2', 1) } },
  },
  {
    name: 'add-archive-inner-time',
    // buildah hashes what is unpacked, and of a file a context tells no more than whether it is another one.
    builders: ['buildkit', 'classic'],
    before: { dockerfile: unpacks, files: { 'a.tar': archive('1', 1) } },
    after: { files: { 'a.tar': archive('1', 1_000_000_000) } },
  },
  {
    name: 'add-archive-mode',
    builders: ['buildkit', 'classic'],
    before: { dockerfile: unpacks, files: { 'a.tar': { file: archive('1', 1), mode: 0o644 } } },
    after: { files: { 'a.tar': { file: archive('1', 1), mode: 0o600 } } },
  },
  {
    name: 'add-unpack-flag',
    builders: ['buildkit'],
    before: { dockerfile: unpacks, files: { 'a.tar': archive('1', 1) } },
    after: { dockerfile: fromPlain('ADD --unpack=false a.tar /d/', 'WORKDIR /end') },
  },
  {
    name: 'add-link',
    builders: ['buildkit'],
    before: { dockerfile: fromPlain('RUN true 1', 'ADD --link a.tar /d/'), files: { 'a.tar': archive('1', 1) } },
    after: { dockerfile: fromPlain('RUN true 2', 'ADD --link a.tar /d/') },
  },
];
