import { isAbsolute, join, posix, relative } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import type { BuildInputs } from '../../cache/build-inputs.ts';
import { explainSteps } from '../../cache/explain/explain-steps.ts';
import { suppose } from '../../cache/explain/suppose.ts';
import { modelOf } from '../../cache/models.ts';
import { nodeAt } from '../../context/context-tree.ts';
import type { Stage } from '../../dockerfile/dockerfile.ts';
import { targetStage } from '../../dockerfile/stages.ts';
import { problem } from '../../errors.ts';
import { explainJson } from '../../report/cache/explain-json.ts';
import { explainText } from '../../report/cache/explain-text.ts';
import { createPaint } from '../../report/paint.ts';
import { type Host, takesColors, widthOf } from '../host.ts';
import { type OutputArguments, outputOptions } from '../options.ts';
import { writeOut } from '../write-out.ts';
import { type BuildArguments, buildOptions } from './build-options.ts';
import { byContent } from '../../workspace/identify.ts';
import { type LoadedBuild, loadBuild, readRequested } from './load-build.ts';
import { type CostsArguments, costsOptions, loadCosts } from './load-costs.ts';
import { loadSince } from './load-since.ts';

/** What changed. */
interface Supposed {
  readonly changed: readonly string[];
  readonly 'changed-arg': readonly string[];
  /** `''` without a stage. */
  readonly 'changed-base': string | readonly string[] | undefined;
  readonly since: string | undefined;
  readonly against: string | undefined;
  readonly 'against-build-arg': readonly string[];
}

type Arguments = BuildArguments & OutputArguments & CostsArguments & Supposed;

/** `layerscope cache explain [context]`. */
export function explainCommand(host: Host): CommandModule<object, Arguments> {
  return {
    command: 'explain [context]',
    describe: 'Which steps re-run if these files, arguments or base images change, and why',
    builder: (yargs): Argv<Arguments> => explainOptions(costsOptions(outputOptions(buildOptions(yargs)))),
    handler: async (args) => {
      checkQuestion(args);
      const { costs, builder, warnings } = await loadCosts(host, args, readRequested(host, args));
      const wanted = { ...args, builder: args.builder ?? builder ?? undefined };
      const { before, after, notes } = await twoBuilds(host, wanted);
      const { keySteps } = modelOf(after.builder);
      const explained = {
        builder: after.builder,
        dockerfile: after.file,
        target: after.inputs.target,
        explanation: explainSteps(keySteps(before), keySteps(after.inputs)),
        costs,
        notes: [...notes, ...[...after.warnings, ...warnings].map(({ message }) => message)],
      };
      if (args.json) return writeOut(host.stdout, explainJson(explained));
      const paint = createPaint(args.color && takesColors(host, host.stdout));
      return writeOut(host.stdout, explainText(explained, { width: widthOf(host.stdout), paint }));
    },
  };
}

function explainOptions<T>(yargs: Argv<T>): Argv<T & Supposed> {
  const repeated = { type: 'string', array: true, nargs: 1, default: [] } as const;
  return yargs
    .option('changed', { ...repeated, describe: 'PATH of the context whose content changed, may be repeated' })
    .option('changed-arg', { ...repeated, describe: 'NAME of an argument that got another value, may be repeated' })
    .option('changed-base', {
      type: 'string',
      describe: 'the base image moved, that of one STAGE alone with =STAGE; may be repeated',
    })
    .option('since', { type: 'string', requiresArg: true, describe: 'REV: what changed since this revision of git' })
    .option('against', { type: 'string', requiresArg: true, describe: 'DIR: an older copy of the context' })
    .option('against-build-arg', { ...repeated, describe: 'NAME=VALUE of the build from that copy, may be repeated' });
}

interface TwoBuilds {
  readonly before: BuildInputs;
  readonly after: LoadedBuild;
  /** What to know about the answer. */
  readonly notes: readonly string[];
}

/** @throws LayerscopeError `usage` */
function checkQuestion(args: Arguments): void {
  const { since, against, changed } = args;
  const asked = [since, against, args['changed-base'], changed[0], args['changed-arg'][0]];
  if (asked.every((each) => each === undefined))
    throw problem('usage', {
      message: 'What changed? Give --changed, --changed-arg, --changed-base, --since or --against.',
    });
  if (since !== undefined && against !== undefined)
    throw problem('usage', { message: '--since and --against both say what was before. Give one of them.' });
}

/** The build as it was, and as it would be. @throws LayerscopeError */
async function twoBuilds(host: Host, args: Arguments): Promise<TwoBuilds> {
  const { before, now, notes } = await earlierBuild(host, args);
  const bases = [args['changed-base'] ?? []].flat();
  const stages = bases.length === 0 ? [] : changedStages(now, bases);
  const { files, remarks } = changedFiles(now, args.changed);
  const inputs = suppose(now.inputs, { files, args: args['changed-arg'], bases: stages });
  return {
    before,
    after: { ...now, inputs },
    notes: [...notes, ...remarks, ...undeclared(now, args['changed-arg'])],
  };
}

interface EarlierBuild {
  readonly before: BuildInputs;
  readonly now: LoadedBuild;
  readonly notes: readonly string[];
}

async function earlierBuild(host: Host, args: Arguments): Promise<EarlierBuild> {
  if (args.since !== undefined) return await loadSince(host, args, args.since);
  if (args.against === undefined) {
    const now = await loadBuild(host, args);
    return { before: now.inputs, now, notes: [] };
  }
  const now = await loadBuild(host, args, byContent);
  const then = await loadBuild(
    host,
    { ...args, context: args.against, dockerfile: fileIn(args.against, now), 'build-arg': args['against-build-arg'] },
    byContent,
  );
  const forgotten = args['build-arg'].length > 0 && args['against-build-arg'].length === 0;
  const note = 'The older build is taken to have had no arguments; --against-build-arg gives them.';
  return { before: then.inputs, now, notes: forgotten ? [note] : [] };
}

/** The Dockerfile of an older copy: where it is in the context, else the present one, which is outside of both. */
function fileIn(against: string, { directory, file }: LoadedBuild): string {
  const path = relative(directory, file);
  return path.startsWith('..') || isAbsolute(path) ? file : join(against, path);
}

/** Paths of the context, as the tree has them; what is ignored changes nothing. @throws LayerscopeError `usage` */
function changedFiles(
  { directory, ignore, inputs }: LoadedBuild,
  wanted: readonly string[],
): { readonly files: readonly string[]; readonly remarks: readonly string[] } {
  const files: string[] = [];
  const remarks: string[] = [];
  for (const given of wanted) {
    const path = posix.normalize(isAbsolute(given) ? relative(directory, given) : given).replace(/\/$/, '');
    if (path === '..' || path.startsWith('../'))
      throw problem('usage', { message: `--changed ${given}: is outside of the context ${directory}.` });
    const inContext = inputs.context !== null && nodeAt(inputs.context, path) !== null;
    if (!inContext && ignore.ignores(path))
      remarks.push(`${given} is left out of the context: nothing notices its change.`);
    else {
      if (!inContext) remarks.push(`${given} is not there: taken as a file that is added.`);
      files.push(path === '.' ? '' : path);
    }
  }
  return { files, remarks };
}

/** The stages whose base image moved: all where none is named. @throws LayerscopeError `invalid-dockerfile` */
function changedStages({ inputs, file }: LoadedBuild, wanted: readonly string[]): readonly Stage[] {
  const { dockerfile } = inputs;
  if (wanted.includes('')) return dockerfile.stages;
  return wanted.map((name) => {
    const stage = targetStage(dockerfile, name);
    if (stage === null) throw problem('invalid-dockerfile', { path: file, reason: `it has no stage ${name}` });
    return stage;
  });
}

function undeclared({ inputs }: LoadedBuild, names: readonly string[]): string[] {
  const { globalArgs, stages } = inputs.dockerfile;
  const all = [...globalArgs, ...stages.flatMap(({ instructions }) => instructions)];
  const declared = new Set(
    all.flatMap(({ keyword, arguments: parsed }) =>
      keyword === 'ARG' && parsed.form === 'pairs' ? parsed.pairs.map(({ name }) => name) : [],
    ),
  );
  return names.filter((name) => !declared.has(name)).map((name) => `${name} is no argument of this Dockerfile.`);
}
