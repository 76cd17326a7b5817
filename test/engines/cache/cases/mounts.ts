import type { CacheCase, TruthBuilder } from '../cache-case.ts';
import { fromPlain } from './from-plain.ts';

const files = { 'd/a': '1', 'd/b': '1' };
const mount = (options: string): string => fromPlain(`RUN --mount=${options} true`);
/** The classic builder has no mounts. */
const builders: readonly TruthBuilder[] = ['buildkit', 'buildah'];
const bound = (command: string): string =>
  [
    'FROM localhost/plain AS one',
    `RUN ${command}`,
    'FROM localhost/plain',
    'RUN --mount=type=bind,from=one,source=/m,target=/m true',
    '',
  ].join('\n');

const boundToRoot = (command: string): string => bound(command).replace('FROM localhost/plain\n', 'FROM one\n');

/** RUN --mount. */
export const mounts: readonly CacheCase[] = [
  {
    name: 'mount-added',
    builders,
    before: { dockerfile: fromPlain('RUN true'), files },
    after: { dockerfile: mount('type=tmpfs,target=/t') },
  },
  {
    name: 'mount-bind-file-changed',
    builders,
    before: { dockerfile: mount('type=bind,source=d,target=/d'), files },
    after: { files: { 'd/a': '2' } },
  },
  {
    name: 'mount-bind-file-mode',
    builders: ['buildkit', 'buildah'],
    builtBy: ['buildkit'],
    before: { dockerfile: mount('type=bind,source=d,target=/d'), files },
    after: { files: { 'd/a': { file: '1', mode: 0o600 } } },
  },
  {
    name: 'mount-bind-file-beside-changed',
    builders,
    before: { dockerfile: mount('type=bind,source=d/a,target=/a'), files },
    after: { files: { 'd/b': '2' } },
  },
  {
    name: 'mount-bind-whole-context',
    builders,
    before: { dockerfile: mount('target=/c'), files },
    after: { files: { 'd/a': '2' } },
  },
  {
    name: 'mount-bind-writable',
    builders: ['buildkit', 'buildah'],
    builtBy: ['buildkit'],
    before: { dockerfile: mount('type=bind,source=d,target=/d,rw'), files },
    after: { files: { 'd/a': '2' } },
  },
  {
    name: 'mount-bind-target',
    builders: ['buildkit', 'buildah'],
    builtBy: ['buildkit'],
    before: { dockerfile: mount('type=bind,source=d,target=/d'), files },
    after: { dockerfile: mount('type=bind,source=d,target=/e') },
  },
  {
    name: 'mount-bind-ignored-file-changed',
    // buildah binds what the ignore file leaves out.
    builders,
    before: { dockerfile: mount('type=bind,source=d,target=/d'), files: { ...files, '.dockerignore': 'd/b\n' } },
    after: { files: { 'd/b': '2' } },
  },
  {
    name: 'mount-bind-stage-same-output',
    builders,
    before: { dockerfile: bound('echo 1 > /m') },
    after: { dockerfile: bound('echo  1 > /m') },
    sameOutput: true,
  },
  {
    name: 'mount-bind-stage-other-output',
    builders,
    before: { dockerfile: bound('echo 1 > /m') },
    after: { dockerfile: bound('echo 2 > /m') },
    sameOutput: false,
  },
  {
    name: 'mount-bind-stage-that-is-the-root-same-output',
    // BuildKit has one input for both then, and looks at the content of all of it.
    builders: ['buildkit'],
    before: { dockerfile: boundToRoot('echo 1 > /m; echo 1 > /n') },
    after: { dockerfile: boundToRoot('echo 1 > /n; echo 1 > /m') },
    sameOutput: true,
  },
  {
    name: 'mount-bind-stage-that-is-the-root-other-files-change',
    builders: ['buildkit'],
    before: { dockerfile: boundToRoot('echo 1 > /m; echo 1 > /n') },
    after: { dockerfile: boundToRoot('echo 1 > /m; echo 2 > /n') },
    sameOutput: false,
  },
  {
    name: 'mount-cache-id-changed',
    builders,
    before: { dockerfile: mount('type=cache,id=one,target=/c') },
    after: { dockerfile: mount('type=cache,id=two,target=/c') },
  },
  {
    name: 'mount-cache-id-added',
    builders: ['buildkit', 'buildah'],
    builtBy: ['buildkit'],
    before: { dockerfile: mount('type=cache,target=/c') },
    after: { dockerfile: mount('type=cache,id=two,target=/c') },
  },
  {
    name: 'mount-cache-sharing-changed',
    builders,
    before: { dockerfile: mount('type=cache,id=one,target=/c') },
    after: { dockerfile: mount('type=cache,id=one,target=/c,sharing=locked') },
  },
  {
    name: 'mount-cache-target-changed',
    builders,
    before: { dockerfile: mount('type=cache,id=one,target=/c') },
    after: { dockerfile: mount('type=cache,id=one,target=/d') },
  },
  {
    name: 'mount-cache-mode-changed',
    builders: ['buildkit', 'buildah'],
    builtBy: ['buildkit'],
    before: { dockerfile: mount('type=cache,target=/c') },
    after: { dockerfile: mount('type=cache,target=/c,mode=0700') },
  },
  {
    name: 'mount-secret-value-changed',
    builders,
    before: { dockerfile: mount('type=secret,id=s'), secrets: { s: '1' } },
    after: { secrets: { s: '2' } },
  },
  {
    name: 'mount-secret-id-changed',
    builders,
    before: { dockerfile: mount('type=secret,id=s'), secrets: { s: '1', t: '1' } },
    after: { dockerfile: mount('type=secret,id=t') },
  },
  {
    name: 'mount-secret-in-environment',
    builders: ['buildkit', 'buildah'],
    builtBy: ['buildkit'],
    before: { dockerfile: mount('type=secret,id=s,env=S'), secrets: { s: '1' } },
    after: { dockerfile: mount('type=secret,id=s,env=T') },
  },
  {
    name: 'mount-tmpfs-size-changed',
    builders: ['buildkit'],
    before: { dockerfile: mount('type=tmpfs,target=/t') },
    after: { dockerfile: mount('type=tmpfs,target=/t,size=65536') },
  },
  {
    name: 'mount-order',
    builders,
    before: { dockerfile: fromPlain('RUN --mount=type=tmpfs,target=/t --mount=type=cache,target=/c true') },
    after: { dockerfile: fromPlain('RUN --mount=type=cache,target=/c --mount=type=tmpfs,target=/t true') },
  },
];
