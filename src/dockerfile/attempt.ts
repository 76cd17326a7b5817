import type { ImageConfig } from '../image/config.ts';
import { type TargetChain, targetChain } from './chain.ts';
import type { Dockerfile } from './dockerfile.ts';
import type { Lookup } from './expand.ts';
import type { HistoryStep } from './history-step.ts';
import { mapSteps, type StepMapping } from './map-steps.ts';
import { platformArgs } from './platform-args.ts';
import { recoverBuildArgs } from './recover-args.ts';

export interface AttemptOptions {
  readonly dockerfile: Dockerfile;
  readonly config: ImageConfig;
  readonly baseConfig: ImageConfig | null;
  readonly target: string | null;
  /** Those that are known; what the history tells fills in the rest. */
  readonly buildArgs: ReadonlyMap<string, string>;
  readonly steps: readonly HistoryStep[];
  readonly ownFrom: number | null;
}

/** The chain as it is expanded with one set of arguments, and how it fits. */
export interface Attempt {
  readonly chain: TargetChain;
  readonly mapping: StepMapping;
}

/** Maps with each set of build arguments that the history may tell of; the one that fits best wins. */
export function bestAttempt(options: AttemptOptions): Attempt | null {
  const { dockerfile, config, steps, ownFrom } = options;
  const attempts = recoverBuildArgs(steps, dockerfile).flatMap((recovered): Attempt[] => {
    const buildArgs = new Map([...platformArgs('TARGET', config.platform), ...recovered, ...options.buildArgs]);
    const baseEnvironment = environmentOfBase(options);
    const chain = targetChain(dockerfile, { target: options.target, buildArgs, baseEnvironment });
    return chain === null ? [] : [{ chain, mapping: mapSteps(steps, chain, ownFrom) }];
  });
  return attempts.reduce<Attempt | null>(
    (best, attempt) => (best === null || attempt.mapping.sure > best.mapping.sure ? attempt : best),
    null,
  );
}

/** What builders set where a base image has no PATH. */
const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * The variables that the base image brings. Its own configuration knows; else the built image's environment has them,
 * but for those that the Dockerfile sets itself: what they were before, nobody can tell.
 */
function environmentOfBase({ dockerfile, config, baseConfig }: AttemptOptions): Lookup {
  const values = new Map((baseConfig ?? config).runtime.env.map(pair));
  const set = new Set(baseConfig === null ? environmentNames(dockerfile) : []);
  return (name) => {
    if (set.has(name)) return null;
    return values.get(name) ?? (name === 'PATH' ? defaultPath : undefined);
  };
}

function pair(text: string): [string, string] {
  const equals = text.indexOf('=');
  return equals === -1 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
}

function environmentNames({ stages }: Dockerfile): string[] {
  return stages
    .flatMap(({ instructions }) => instructions)
    .flatMap(({ keyword, arguments: parsed }) => (keyword === 'ENV' && parsed.form === 'pairs' ? parsed.pairs : []))
    .map(({ name }) => name);
}
