import type { CacheCase } from '../cache-case.ts';
import { fromPlain } from './from-plain.ts';

const copyDirectory = fromPlain('COPY d /d', 'WORKDIR /end');
const copyLink = fromPlain('COPY l /l', 'WORKDIR /end');

/** Symbolic and hard links in the context. */
export const links: readonly CacheCase[] = [
  {
    name: 'symlink-in-directory-retargeted',
    before: { dockerfile: copyDirectory, files: { 'd/x': '1', 'd/y': '2', 'd/l': { symlink: 'x' } } },
    after: { files: { 'd/l': { symlink: 'y' } } },
  },
  {
    name: 'symlink-in-directory-retargeted-same-bytes',
    before: { dockerfile: copyDirectory, files: { 'd/x': '1', 'd/y': '1', 'd/l': { symlink: 'x' } } },
    after: { files: { 'd/l': { symlink: 'y' } } },
  },
  {
    name: 'symlink-in-directory-target-outside-changes',
    builtBy: ['buildkit', 'classic'],
    before: { dockerfile: copyDirectory, files: { out: '1', 'd/l': { symlink: '../out' } } },
    after: { files: { out: '2' } },
  },
  {
    name: 'symlink-in-directory-dangling-retargeted',
    builders: ['buildkit', 'buildah'],
    before: { dockerfile: copyDirectory, files: { 'd/x': '1', 'd/l': { symlink: 'nowhere' } } },
    after: { files: { 'd/l': { symlink: 'elsewhere' } } },
  },
  {
    name: 'symlink-to-file-target-changes',
    before: { dockerfile: copyLink, files: { x: '1', l: { symlink: 'x' } } },
    after: { files: { x: '2' } },
  },
  {
    name: 'symlink-to-file-retargeted-same-bytes',
    before: { dockerfile: copyLink, files: { x: '1', y: '1', l: { symlink: 'x' } } },
    after: { files: { l: { symlink: 'y' } } },
  },
  {
    name: 'symlink-to-file-becomes-file',
    builtBy: ['buildkit', 'classic'],
    before: { dockerfile: copyLink, files: { x: '1', l: { symlink: 'x' } } },
    after: { files: { l: '1' } },
  },
  {
    name: 'symlink-to-directory-target-changes',
    builtBy: ['buildkit', 'classic'],
    before: { dockerfile: copyLink, files: { 'd/x': '1', l: { symlink: 'd' } } },
    after: { files: { 'd/x': '2' } },
  },
  {
    name: 'symlink-to-directory-retargeted-same-files',
    before: { dockerfile: copyLink, files: { 'd/x': '1', 'e/x': '1', l: { symlink: 'd' } } },
    after: { files: { l: { symlink: 'e' } } },
  },
  {
    name: 'symlink-in-the-path-of-a-source',
    before: {
      dockerfile: fromPlain('COPY l/x /x', 'WORKDIR /end'),
      files: { 'd/x': '1', 'e/x': '2', l: { symlink: 'd' } },
    },
    after: { files: { l: { symlink: 'e' } } },
  },
  {
    name: 'symlink-matched-by-a-glob',
    builtBy: ['buildkit', 'classic'],
    before: { dockerfile: fromPlain('COPY l* /all/', 'WORKDIR /end'), files: { x: '1', l1: { symlink: 'x' } } },
    after: { files: { x: '2' } },
  },
  {
    name: 'hard-link-becomes-file',
    // The classic builder hashes the headers of the tar that it is sent, where a hard link is one; a context tree has none.
    builders: ['buildkit', 'buildah'],
    builtBy: ['buildkit'],
    before: { dockerfile: copyDirectory, files: { 'd/x': '1', 'd/y': { hardLink: 'd/x' } } },
    after: { files: { 'd/y': '1' } },
  },
  {
    name: 'hard-link-of-a-file-outside',
    builders: ['buildkit', 'buildah'],
    builtBy: ['buildkit'],
    before: { dockerfile: copyDirectory, files: { x: '1', 'd/y': { hardLink: 'x' } } },
    after: { files: { x: '2', 'd/y': { hardLink: 'x' } } },
  },
];
