import type { CacheCase } from '../cache-case.ts';
import { fromPlain } from './from-plain.ts';

const files = { a: '1' };

/** ENV and ARG. */
export const variables: readonly CacheCase[] = [
  {
    name: 'env-changed',
    before: { dockerfile: fromPlain('COPY a /a', 'ENV V=1', 'COPY a /b', 'RUN true'), files },
    after: { dockerfile: fromPlain('COPY a /a', 'ENV V=2', 'COPY a /b', 'RUN true') },
  },
  {
    name: 'env-added-before-run',
    builtBy: ['buildkit'],
    before: { dockerfile: fromPlain('RUN true') },
    after: { dockerfile: fromPlain('ENV V=1', 'RUN true') },
  },
  {
    name: 'env-order',
    before: { dockerfile: fromPlain('ENV A=1', 'ENV B=2', 'RUN true') },
    after: { dockerfile: fromPlain('ENV B=2', 'ENV A=1', 'RUN true') },
  },
  {
    name: 'env-two-on-a-line',
    builtBy: ['buildkit', 'classic'],
    before: { dockerfile: fromPlain('ENV A=1', 'ENV B=2', 'RUN true') },
    after: { dockerfile: fromPlain('ENV A=1 B=2', 'RUN true') },
  },
  {
    name: 'env-old-form',
    before: { dockerfile: fromPlain('ENV A=1', 'RUN true') },
    after: { dockerfile: fromPlain('ENV A 1', 'RUN true') },
  },
  {
    name: 'env-quotes',
    before: { dockerfile: fromPlain('ENV A=1', 'RUN true') },
    after: { dockerfile: fromPlain('ENV A="1"', 'RUN true') },
  },
  {
    name: 'env-set-twice',
    builtBy: ['buildkit', 'classic'],
    before: { dockerfile: fromPlain('ENV A=1', 'RUN true') },
    after: { dockerfile: fromPlain('ENV A=0', 'ENV A=1', 'RUN true') },
  },
  {
    name: 'env-expanded-in-copy',
    before: { dockerfile: fromPlain('ENV TO=x', 'COPY a /$TO', 'RUN true'), files },
    after: { dockerfile: fromPlain('ENV TO=y', 'COPY a /$TO', 'RUN true') },
  },
  {
    name: 'env-after-run',
    builtBy: ['buildkit'],
    before: { dockerfile: fromPlain('RUN true', 'ENV V=1') },
    after: { dockerfile: fromPlain('RUN true', 'ENV V=2') },
  },
  {
    name: 'arg-given-and-used',
    before: { dockerfile: fromPlain('ARG V', 'RUN echo $V', 'COPY a /a'), files, args: { V: '1' } },
    after: { args: { V: '2' } },
  },
  {
    name: 'arg-given-and-unused',
    before: { dockerfile: fromPlain('ARG V', 'COPY a /a', 'RUN true'), files, args: { V: '1' } },
    after: { args: { V: '2' } },
  },
  {
    name: 'arg-before-copy-alone',
    builtBy: ['buildkit'],
    before: { dockerfile: fromPlain('ARG V', 'COPY a /a', 'COPY a /b'), files, args: { V: '1' } },
    after: { args: { V: '2' } },
  },
  {
    name: 'arg-declared-after-run',
    builtBy: ['buildkit'],
    before: { dockerfile: fromPlain('RUN true', 'ARG V'), args: { V: '1' } },
    after: { args: { V: '2' } },
  },
  {
    name: 'arg-default-changed',
    before: { dockerfile: fromPlain('ARG V=1', 'COPY a /a', 'RUN true'), files },
    after: { dockerfile: fromPlain('ARG V=2', 'COPY a /a', 'RUN true') },
  },
  {
    name: 'arg-default-changed-where-given',
    before: { dockerfile: fromPlain('ARG V=1', 'RUN true'), args: { V: '9' } },
    after: { dockerfile: fromPlain('ARG V=2', 'RUN true') },
  },
  {
    name: 'arg-given-what-the-default-is',
    before: { dockerfile: fromPlain('ARG V=1', 'RUN true') },
    after: { args: { V: '1' } },
  },
  {
    name: 'arg-no-default-then-given',
    before: { dockerfile: fromPlain('ARG V', 'RUN true') },
    after: { args: { V: '1' } },
  },
  {
    name: 'arg-empty-default-for-none',
    before: { dockerfile: fromPlain('ARG V', 'RUN true') },
    after: { dockerfile: fromPlain('ARG V=', 'RUN true') },
  },
  {
    name: 'arg-order',
    before: { dockerfile: fromPlain('ARG A=1', 'ARG B=2', 'RUN true') },
    after: { dockerfile: fromPlain('ARG B=2', 'ARG A=1', 'RUN true') },
  },
  {
    name: 'arg-declared-twice',
    builtBy: ['buildkit'],
    before: { dockerfile: fromPlain('ARG A=1', 'RUN true') },
    after: { dockerfile: fromPlain('ARG A=1', 'ARG A=1', 'RUN true') },
  },
  {
    name: 'arg-masked-by-env',
    before: { dockerfile: fromPlain('ARG V', 'ENV V=env', 'RUN true'), args: { V: '1' } },
    after: { args: { V: '2' } },
  },
  {
    name: 'arg-after-env-of-its-name',
    before: { dockerfile: fromPlain('ENV V=env', 'ARG V', 'RUN true'), args: { V: '1' } },
    after: { args: { V: '2' } },
  },
  {
    name: 'arg-kept-in-env',
    builtBy: ['buildkit', 'classic'],
    before: { dockerfile: fromPlain('ARG V', 'ENV W=$V', 'RUN true'), args: { V: '1' } },
    after: { args: { V: '2' } },
  },
  {
    name: 'arg-global-not-declared-again',
    before: { dockerfile: `ARG V=1\n${fromPlain('RUN true')}` },
    after: { args: { V: '2' } },
  },
  {
    name: 'arg-global-declared-again',
    before: { dockerfile: `ARG V=1\n${fromPlain('ARG V', 'RUN true')}` },
    after: { args: { V: '2' } },
  },
  {
    name: 'arg-global-default-changed-declared-again',
    builtBy: ['buildkit', 'classic'],
    before: { dockerfile: `ARG V=1\n${fromPlain('ARG V', 'RUN true')}` },
    after: { dockerfile: `ARG V=2\n${fromPlain('ARG V', 'RUN true')}` },
  },
  {
    name: 'arg-of-another-stage',
    before: {
      dockerfile:
        'FROM localhost/plain AS one\nARG V\nRUN echo 1 > /m\nFROM localhost/plain\nRUN true\nCOPY --from=one /m /m\n',
      args: { V: '1' },
    },
    after: { args: { V: '2' } },
    sameOutput: true,
  },
  {
    name: 'arg-of-the-parent-stage',
    before: {
      dockerfile: 'FROM localhost/plain AS one\nARG V\nFROM one\nCOPY a /a\nRUN true\n',
      files,
      args: { V: '1' },
    },
    after: { args: { V: '2' } },
  },
  {
    name: 'arg-proxy-predefined',
    before: { dockerfile: fromPlain('RUN true'), args: { HTTP_PROXY: 'http://a.invalid' } },
    after: { args: { HTTP_PROXY: 'http://b.invalid' } },
  },
  {
    name: 'arg-proxy-declared',
    before: { dockerfile: fromPlain('ARG HTTP_PROXY', 'RUN true'), args: { HTTP_PROXY: 'http://a.invalid' } },
    after: { args: { HTTP_PROXY: 'http://b.invalid' } },
  },
  {
    name: 'arg-given-and-nowhere-declared',
    builtBy: ['buildkit', 'classic'],
    before: { dockerfile: fromPlain('RUN true'), args: { NOBODY: '1' } },
    after: { args: { NOBODY: '2' } },
  },
  {
    name: 'arg-two-on-a-line',
    before: { dockerfile: fromPlain('ARG A=1', 'ARG B=2', 'RUN true') },
    after: { dockerfile: fromPlain('ARG A=1 B=2', 'RUN true') },
  },
];
