import type { BuilderProgram } from '../builder-program.ts';
import type { FlagGrammar } from './flags.ts';

/** docker build with and without BuildKit (docker 20.10 and 28.5, buildx 0.29). */
const docker: FlagGrammar = {
  booleans: new Set([
    'check',
    'compress',
    'debug',
    'disable-content-trust',
    'force-rm',
    'help',
    'load',
    'no-cache',
    'pull',
    'push',
    'quiet',
    'rm',
    'squash',
    'stream',
  ]),
  letters: new Map([
    ['D', 'debug'],
    ['c', 'cpu-shares'],
    ['f', 'file'],
    ['h', 'help'],
    ['m', 'memory'],
    ['o', 'output'],
    ['q', 'quiet'],
    ['t', 'tag'],
  ]),
};

/** podman build and buildah build, which are one program inside (buildah 1.28 and 1.43, podman 4.3). */
const buildah: FlagGrammar = {
  booleans: new Set([
    'all-platforms',
    'compat-volumes',
    'compress',
    'created-annotation',
    'disable-compression',
    'disable-content-trust',
    'force-rm',
    'help',
    'http-proxy',
    'identity-label',
    'inherit-annotations',
    'inherit-labels',
    'layers',
    'logsplit',
    'no-cache',
    'no-hostname',
    'no-hosts',
    'omit-history',
    // Takes a value only with `=`.
    'pull',
    'pull-always',
    'pull-never',
    'quiet',
    'rewrite-timestamp',
    'rm',
    'skip-unused-stages',
    'squash',
    'squash-all',
    'stdin',
    'tls-verify',
  ]),
  letters: new Map([
    ['D', 'disable-compression'],
    ['c', 'cpu-shares'],
    ['f', 'file'],
    ['h', 'help'],
    ['m', 'memory'],
    ['o', 'output'],
    ['q', 'quiet'],
    ['t', 'tag'],
    ['v', 'volume'],
  ]),
};

export const grammars: Readonly<Record<BuilderProgram, FlagGrammar>> = {
  docker,
  buildx: docker,
  podman: buildah,
  buildah,
};
