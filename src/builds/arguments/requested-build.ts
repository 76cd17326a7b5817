import type { BuilderProgram } from '../builder-program.ts';
import { parseFlags } from './flags.ts';
import { grammars } from './grammars.ts';

/** What the arguments of a build say, as far as it matters here. Paths are as given. */
export interface RequestedBuild {
  /** What may be a directory, an address, or `-` for standard input; null where there is none. */
  readonly context: string | null;
  /** Several are one file to podman and buildah; none is the default one of the context. */
  readonly files: readonly string[];
  readonly target: string | null;
  readonly tags: readonly string[];
  readonly buildArgs: ReadonlyMap<string, string>;
  /** Which of several that buildx knows builds. */
  readonly instance: string | null;
  /** Null unless there is exactly one. */
  readonly platform: string | null;
  /** Where the user wants the image's ID written to. */
  readonly idFile: string | null;
  /** Whether what comes out is an image with an ID: not so where files are written, or nothing is built. */
  readonly makesImage: boolean;
  /** Whether all steps are looked up in the cache. */
  readonly usesCache: boolean;
  /** Whether the log is one that a terminal shows and nobody can read. */
  readonly wantsScreen: boolean;
}

/** Reads the arguments of a build. @param env for `--build-arg NAME`, whose value is there */
export function readBuildArguments(
  program: BuilderProgram,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): RequestedBuild {
  const { values, positionals } = parseFlags(args, grammars[program]);
  const last = (name: string): string | null => values.get(name)?.at(-1) ?? null;
  const platforms = (values.get('platform') ?? []).flatMap((value) => value.split(','));
  const needsContext = program === 'docker' || program === 'buildx';
  const calls = last('call') ?? 'build';
  return {
    context: positionals.at(-1) ?? (needsContext ? null : '.'),
    files: values.get('file') ?? [],
    target: last('target'),
    tags: values.get('tag') ?? [],
    buildArgs: buildArgsOf(values.get('build-arg') ?? [], env),
    instance: last('builder') ?? env['BUILDX_BUILDER'] ?? null,
    platform: platforms.length === 1 ? (platforms[0] ?? null) : null,
    idFile: last('iidfile'),
    makesImage: calls === 'build' && !values.has('check') && (values.get('output') ?? []).every(isImageOutput),
    usesCache:
      !values.has('no-cache') &&
      !values.has('no-cache-filter') &&
      (needsContext || usesLayers(program, last('layers'), env)),
    wantsScreen: needsContext && (last('progress') ?? env['BUILDKIT_PROGRESS']) === 'tty',
  };
}

function buildArgsOf(
  given: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const arg of given) {
    const equals = arg.indexOf('=');
    const name = equals === -1 ? arg : arg.slice(0, equals);
    const value = equals === -1 ? env[name] : arg.slice(equals + 1);
    // What is not in the environment is as if it had not been given.
    if (value !== undefined) values.set(name, value);
  }
  return values;
}

/** buildah keeps no layers, and looks for none, unless it is told to; podman does (buildah-build(1), "--layers"). */
function usesLayers(
  program: BuilderProgram,
  option: string | null,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (option !== null) return option === '' || isTrue(option);
  return isTrue(env['BUILDAH_LAYERS'] ?? String(program === 'podman'));
}

/** As Go's strconv.ParseBool and buildah read it. */
function isTrue(value: string): boolean {
  return value === '1' || /^t(?:rue)?$/i.test(value);
}

/** A plain path is a directory to write files to, and `-` a tar of them (docker buildx build, "--output"). */
function isImageOutput(output: string): boolean {
  const type = /(?:^|,)type=([^,]*)/.exec(output)?.[1];
  return type === 'image' || type === 'docker' || type === 'oci' || type === 'registry';
}
