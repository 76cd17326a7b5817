import { isAbsolute, join, relative, sep } from 'node:path';
import { cwd } from 'node:process';
import type { CommandModule } from 'yargs';
import { changingArguments } from '../../cache/fix/changing-arguments.ts';
import type { Fix, FixedFile } from '../../cache/fix/fix.ts';
import { proposeFix } from '../../cache/fix/propose-fix.ts';
import { unifiedDiff } from '../../cache/fix/unified-diff.ts';
import { modelOf } from '../../cache/models.ts';
import { replayHistory } from '../../cache/replay/replay-history.ts';
import type { StepCosts } from '../../cache/step-costs.ts';
import { loadOwnConfig } from '../../config/load-config.ts';
import { createIgnore } from '../../dockerfile/ignore-file.ts';
import { fixJson } from '../../report/cache/fix-json.ts';
import { fixText } from '../../report/cache/fix-text.ts';
import { createPaint } from '../../report/paint.ts';
import type { RuleSettings } from '../../rules/rule-settings.ts';
import { sanitize } from '../../text/sanitize.ts';
import { type Host, takesColors, widthOf } from '../host.ts';
import { type ConfigArguments, configOption, type OutputArguments, outputOptions } from '../options.ts';
import { writeOut } from '../write-out.ts';
import { type BuildArguments, buildOptions } from './build-options.ts';
import { checkCommits } from './history-options.ts';
import { type LoadedBuild, loadBuild, readRequested } from './load-build.ts';
import { type CostsArguments, costsOptions, loadCosts } from './load-costs.ts';
import { loadHistory } from './load-replay.ts';
import { writeFixed } from './write-fixed.ts';

interface Arguments extends BuildArguments, OutputArguments, CostsArguments, ConfigArguments {
  readonly commits: number;
  readonly write: boolean;
}

/** `layerscope cache fix [context]`: the diff goes to standard output, to be applied; what it does and saves goes to people. */
export function fixCommand(host: Host): CommandModule<object, Arguments> {
  return {
    command: 'fix [context]',
    describe: 'A Dockerfile that leads to the same image and re-runs less, as a diff; --write applies it',
    builder: (yargs) =>
      configOption(costsOptions(outputOptions(buildOptions(yargs))))
        .option('commits', {
          alias: 'n',
          type: 'number',
          default: 100,
          requiresArg: true,
          describe: 'how many commits to measure by, where the context is in a git repository',
        })
        .option('write', { type: 'boolean', default: false, describe: 'change the files instead of printing a diff' }),
    handler: async (args) => {
      const count = checkCommits(args.commits);
      const { config } = await loadOwnConfig(cwd(), args.config ?? null);
      const { costs, builder, warnings } = await loadCosts(host, args, readRequested(host, args));
      const build = await loadBuild(host, { ...args, builder: args.builder ?? builder ?? undefined });
      const fix = await proposeFor(host, build, { costs, count, rules: config.rules });
      const outcome = args.write ? await writeFixed(host, build, fix.files) : { written: [], backups: [] };
      const proposed = {
        builder: build.builder,
        dockerfile: build.file,
        target: build.inputs.target,
        fix,
        diff: unifiedDiff(fix.files, (role) => diffName(build, role)),
        changingArguments: fix.before === null ? [] : changingArguments(build.inputs.dockerfile),
        ...outcome,
        warnings: [...build.warnings, ...warnings],
      };
      if (args.json) return writeOut(host.stdout, fixJson(proposed));
      // A terminal shows what it is sent; a program that applies the diff wants it byte for byte.
      const shown = host.stdout.isTTY === true ? proposed.diff.split('\n').map(sanitize).join('\n') : proposed.diff;
      if (!args.write) await writeOut(host.stdout, shown);
      const paint = createPaint(args.color && takesColors(host, host.stderr));
      return writeOut(host.stderr, fixText(proposed, { width: widthOf(host.stderr), paint }));
    },
  };
}

interface Wanted {
  readonly costs: StepCosts;
  /** Of commits to measure by. */
  readonly count: number;
  readonly rules: RuleSettings;
}

async function proposeFor(host: Host, build: LoadedBuild, { costs, count, rules }: Wanted): Promise<Fix> {
  const { builder, text, ignoreFile, inputs, textOf, directory } = build;
  const history = await loadHistory(host, directory, count);
  return proposeFix({
    builder,
    text,
    ignoreText: ignoreFile?.text ?? null,
    inputs,
    textOf,
    costs,
    // What nobody wants to hear of, nobody wants to see mended.
    silenced: new Set([...rules].flatMap(([rule, level]) => (level === 'off' ? [rule] : []))),
    replay:
      history === null
        ? null
        : (fixed) =>
            replayHistory({
              inputs: { ...inputs, dockerfile: fixed.dockerfile },
              model: modelOf(builder),
              ignore: createIgnore(fixed.ignoreText ?? ''),
              history,
              costs: fixed.costs,
              changingArguments: changingArguments(inputs.dockerfile),
            }),
  });
}

/** A file's path as the diff has it: from here, or, for an absolute one, from the context. */
function diffName({ directory, file, ignoreFile }: LoadedBuild, role: FixedFile['role']): string {
  const path = role === 'dockerfile' ? file : (ignoreFile?.path ?? join(directory, '.dockerignore'));
  const shown = isAbsolute(path) ? relative(directory, path) : join(path);
  return shown.split(sep).join('/');
}
