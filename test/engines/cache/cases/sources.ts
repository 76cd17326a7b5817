import type { CacheCase } from '../cache-case.ts';
import { fromPlain } from './from-plain.ts';

const files = { 'a.txt': '1', 'b.txt': '2', 'c.md': '3', 'd/e.txt': '4', 'd/f.md': '5' };
const copy = (sources: string): string => fromPlain(`COPY ${sources} /all/`, 'WORKDIR /end');

/** Which files a COPY takes, and how it is written. */
export const sources: readonly CacheCase[] = [
  {
    name: 'glob-matched-file-changed',
    builtBy: ['buildkit'],
    before: { dockerfile: copy('*.txt'), files },
    after: { files: { 'b.txt': '9' } },
  },
  {
    name: 'glob-other-file-changed',
    builtBy: ['buildkit'],
    before: { dockerfile: copy('*.txt'), files },
    after: { files: { 'c.md': '9' } },
  },
  { name: 'glob-more-matches', before: { dockerfile: copy('*.txt'), files }, after: { files: { 'z.txt': '1' } } },
  {
    name: 'glob-fewer-matches',
    builtBy: ['buildkit'],
    before: { dockerfile: copy('*.txt'), files },
    after: { files: { 'b.txt': null } },
  },
  {
    name: 'glob-other-text-same-matches',
    before: { dockerfile: copy('*.txt'), files },
    after: { dockerfile: copy('?.txt') },
  },
  {
    name: 'glob-directory-in-it',
    before: { dockerfile: copy('*'), files: { ...files, '.dockerignore': 'Dockerfile\n.dockerignore\n' } },
    after: { files: { 'd/f.md': '9' } },
  },
  {
    name: 'glob-of-directories',
    builtBy: ['buildkit'],
    before: { dockerfile: copy('*/*.txt'), files },
    after: { files: { 'd/e.txt': '9' } },
  },
  {
    name: 'glob-character-class',
    builtBy: ['buildkit'],
    before: { dockerfile: copy('[ab].txt'), files },
    after: { files: { 'b.txt': '9' } },
  },
  {
    name: 'glob-double-star',
    builders: ['buildkit'],
    before: { dockerfile: copy('**/*.md'), files },
    after: { files: { 'd/f.md': '9' } },
  },
  {
    name: 'sources-two-one-changed',
    builtBy: ['buildkit'],
    before: { dockerfile: copy('a.txt b.txt'), files },
    after: { files: { 'b.txt': '9' } },
  },
  {
    name: 'sources-order',
    before: { dockerfile: copy('a.txt b.txt'), files },
    after: { dockerfile: copy('b.txt a.txt') },
  },
  {
    name: 'sources-exec-form',
    builtBy: ['buildkit', 'classic'],
    before: { dockerfile: copy('a.txt'), files },
    after: { dockerfile: fromPlain('COPY ["a.txt", "/all/"]', 'WORKDIR /end') },
  },
  {
    name: 'sources-leading-slash-and-dot',
    before: { dockerfile: copy('a.txt'), files },
    after: { dockerfile: copy('/./a.txt') },
  },
  {
    name: 'sources-trailing-slash',
    before: { dockerfile: copy('d'), files },
    after: { dockerfile: copy('d/') },
  },
  {
    name: 'destination-changed',
    before: { dockerfile: copy('a.txt'), files },
    after: { dockerfile: fromPlain('COPY a.txt /other/', 'WORKDIR /end') },
  },
  {
    name: 'destination-written-relative',
    before: { dockerfile: fromPlain('WORKDIR /all', 'COPY a.txt /all/', 'WORKDIR /end'), files },
    after: { dockerfile: fromPlain('WORKDIR /all', 'COPY a.txt ./', 'WORKDIR /end') },
  },
  {
    name: 'destination-from-variable',
    before: { dockerfile: fromPlain('ARG TO=/all/', 'COPY a.txt $TO', 'WORKDIR /end'), files },
    after: { args: { TO: '/other/' } },
  },
  {
    name: 'source-from-variable-same-bytes',
    before: { dockerfile: fromPlain('ARG WHAT=x', 'COPY $WHAT/f /f'), files: { 'x/f': '1', 'y/f': '1' } },
    after: { args: { WHAT: 'y' } },
  },
  {
    name: 'exclude-excluded-file-changed',
    builders: ['buildkit', 'buildah'],
    before: { dockerfile: copy('--exclude=*.md d'), files },
    after: { files: { 'd/f.md': '9' } },
  },
  {
    name: 'exclude-kept-file-changed',
    builders: ['buildkit', 'buildah'],
    before: { dockerfile: copy('--exclude=*.md d'), files },
    after: { files: { 'd/e.txt': '9' } },
  },
  {
    name: 'exclude-added-without-a-match',
    builders: ['buildkit', 'buildah'],
    before: { dockerfile: copy('d'), files },
    after: { dockerfile: copy('--exclude=*.none d') },
  },
  {
    name: 'exclude-is-ignored-by-classic',
    builders: ['classic'],
    before: { dockerfile: copy('--exclude=*.md d'), files },
    after: { files: { 'd/f.md': '9' } },
  },
  {
    // BuildKit as docker 28.5 has it does not know --parents yet.
    name: 'parents-file-changed',
    builders: ['buildah'],
    before: { dockerfile: copy('--parents d/e.txt'), files },
    after: { files: { 'd/e.txt': '9' } },
  },
  {
    name: 'parents-file-beside-changed',
    builders: ['buildah'],
    before: { dockerfile: copy('--parents d/e.txt'), files },
    after: { files: { 'd/f.md': '9' } },
  },
  {
    name: 'parents-mode-of-the-parent',
    builders: ['buildah'],
    before: { dockerfile: copy('--parents d/e.txt'), files: { d: { directory: 0o755 }, 'd/e.txt': '4' } },
    after: { files: { d: { directory: 0o700 } } },
  },
  {
    name: 'parents-added',
    builders: ['buildah'],
    before: { dockerfile: copy('d/e.txt'), files },
    after: { dockerfile: copy('--parents d/e.txt') },
  },
];
