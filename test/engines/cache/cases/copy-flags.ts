import type { CacheCase } from '../cache-case.ts';
import { fromPlain } from './from-plain.ts';

const files = { a: '1' };
const modes = { before: { file: '1', mode: 0o644 }, after: { file: '1', mode: 0o664 } };

/** --chown, --chmod and --link. */
export const copyFlags: readonly CacheCase[] = [
  {
    name: 'chown-added',
    before: { dockerfile: fromPlain('COPY a /a', 'WORKDIR /end'), files },
    after: { dockerfile: fromPlain('COPY --chown=1000 a /a', 'WORKDIR /end') },
  },
  {
    name: 'chown-number-changed',
    before: { dockerfile: fromPlain('COPY --chown=1000:1000 a /a', 'WORKDIR /end'), files },
    after: { dockerfile: fromPlain('COPY --chown=1000:1001 a /a', 'WORKDIR /end') },
  },
  {
    name: 'chown-name-for-its-number',
    // buildah looks names up in the image's accounts, which a model does not read: the same owner is the same step.
    builders: ['buildkit', 'classic'],
    before: { dockerfile: fromPlain('COPY --chown=1000:1000 a /a', 'WORKDIR /end'), files },
    after: { dockerfile: fromPlain('COPY --chown=app:app a /a', 'WORKDIR /end') },
  },
  {
    name: 'chown-file-content',
    builtBy: ['buildkit'],
    before: { dockerfile: fromPlain('COPY --chown=app a /a', 'WORKDIR /end'), files },
    after: { files: { a: '2' } },
  },
  {
    name: 'chown-from-variable',
    before: { dockerfile: fromPlain('ARG WHO=1000', 'COPY --chown=$WHO a /a', 'WORKDIR /end'), files },
    after: { args: { WHO: '1001' } },
  },
  {
    name: 'chmod-added',
    builders: ['buildkit', 'buildah'],
    before: { dockerfile: fromPlain('COPY a /a', 'WORKDIR /end'), files },
    after: { dockerfile: fromPlain('COPY --chmod=755 a /a', 'WORKDIR /end') },
  },
  {
    name: 'chmod-changed',
    builders: ['buildkit', 'buildah'],
    before: { dockerfile: fromPlain('COPY --chmod=755 a /a', 'WORKDIR /end'), files },
    after: { dockerfile: fromPlain('COPY --chmod=700 a /a', 'WORKDIR /end') },
  },
  {
    name: 'chmod-leading-zero',
    builders: ['buildkit', 'buildah'],
    before: { dockerfile: fromPlain('COPY --chmod=755 a /a', 'WORKDIR /end'), files },
    after: { dockerfile: fromPlain('COPY --chmod=0755 a /a', 'WORKDIR /end') },
  },
  {
    name: 'chmod-mode-of-the-source',
    // The mode that the file does not keep still counts with BuildKit.
    builders: ['buildkit', 'buildah'],
    before: { dockerfile: fromPlain('COPY --chmod=755 a /a', 'WORKDIR /end'), files: { a: modes.before } },
    after: { files: { a: modes.after } },
  },
  {
    name: 'chmod-symbolic',
    builders: ['buildkit'],
    before: { dockerfile: fromPlain('COPY --chmod=u+x a /a', 'WORKDIR /end'), files },
    after: { dockerfile: fromPlain('COPY --chmod=u+x,g+x a /a', 'WORKDIR /end') },
  },
  {
    name: 'link-earlier-step-changed',
    before: { dockerfile: fromPlain('RUN true 1', 'COPY --link a /a', 'RUN cat /a'), files },
    after: { dockerfile: fromPlain('RUN true 2', 'COPY --link a /a', 'RUN cat /a') },
  },
  {
    name: 'link-file-changed',
    builtBy: ['buildkit', 'classic'],
    before: { dockerfile: fromPlain('COPY --link a /a', 'WORKDIR /end'), files },
    after: { files: { a: '2' } },
  },
  {
    name: 'link-added',
    builders: ['buildkit', 'buildah'],
    builtBy: ['buildkit'],
    before: { dockerfile: fromPlain('COPY a /a', 'WORKDIR /end'), files },
    after: { dockerfile: fromPlain('COPY --link a /a', 'WORKDIR /end') },
  },
  {
    name: 'link-base-changed',
    builtBy: ['buildkit'],
    before: {
      dockerfile: 'FROM localhost/moving\nCOPY --link a /a\nCOPY --link b /b\nRUN cat /a\n',
      files: { a: '1', b: '2' },
    },
    after: { moving: 'next' },
  },
  {
    name: 'link-second-of-two-changed',
    builtBy: ['buildkit'],
    before: { dockerfile: fromPlain('COPY --link a /a', 'COPY --link b /b', 'COPY a /c'), files: { a: '1', b: '2' } },
    after: { files: { b: '3' } },
  },
  {
    name: 'link-first-of-two-changed',
    builtBy: ['buildkit'],
    before: { dockerfile: fromPlain('COPY --link a /a', 'COPY --link b /b', 'COPY b /c'), files: { a: '1', b: '2' } },
    after: { files: { a: '3' } },
  },
  {
    name: 'link-with-chmod-is-no-link',
    builders: ['buildkit', 'buildah'],
    before: { dockerfile: fromPlain('RUN true 1', 'COPY --link --chmod=755 a /a', 'WORKDIR /end'), files },
    after: { dockerfile: fromPlain('RUN true 2', 'COPY --link --chmod=755 a /a', 'WORKDIR /end') },
  },
  {
    name: 'link-with-chown-number',
    builtBy: ['buildkit'],
    before: { dockerfile: fromPlain('RUN true 1', 'COPY --link --chown=1000 a /a'), files },
    after: { dockerfile: fromPlain('RUN true 2', 'COPY --link --chown=1000 a /a') },
  },
  {
    name: 'link-false',
    builders: ['buildkit'],
    before: { dockerfile: fromPlain('RUN true 1', 'COPY --link=false a /a'), files },
    after: { dockerfile: fromPlain('RUN true 2', 'COPY --link=false a /a') },
  },
  {
    name: 'link-relative-to-workdir',
    builtBy: ['buildkit'],
    before: { dockerfile: fromPlain('WORKDIR /one', 'COPY --link a ./'), files },
    after: { dockerfile: fromPlain('WORKDIR /two', 'COPY --link a ./') },
  },
  {
    name: 'link-from-stage',
    builtBy: ['buildkit'],
    before: {
      dockerfile: `FROM localhost/plain AS made\nRUN echo 1 > /m\n${fromPlain('RUN true 1', 'COPY --link --from=made /m /m')}`,
    },
    after: {
      dockerfile: `FROM localhost/plain AS made\nRUN echo 1 > /m\n${fromPlain('RUN true 2', 'COPY --link --from=made /m /m')}`,
    },
  },
];
