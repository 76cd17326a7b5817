import { cwd } from 'node:process';
import type { Argv, CommandModule } from 'yargs';
import { modelOf } from '../../cache/models.ts';
import { loadOwnConfig } from '../../config/load-config.ts';
import { problem } from '../../errors.ts';
import { lintJson } from '../../report/cache/lint-json.ts';
import { lintText } from '../../report/cache/lint-text.ts';
import { createPaint } from '../../report/paint.ts';
import { toWarning } from '../../warnings.ts';
import { checkCacheRules, uncheckedSteps } from '../../rules/cache/cache-rules.ts';
import { type Host, takesColors, widthOf } from '../host.ts';
import { type ConfigArguments, configOption, type OutputArguments, outputOptions } from '../options.ts';
import { writeOut } from '../write-out.ts';
import { type BuildArguments, buildOptions } from './build-options.ts';
import { loadBuild, readRequested } from './load-build.ts';
import { type CostsArguments, costsOptions, loadCosts } from './load-costs.ts';
import { loadReplay } from './load-replay.ts';

interface Arguments extends BuildArguments, OutputArguments, CostsArguments, ConfigArguments {
  readonly commits: number;
  /** False with `--no-history`. */
  readonly history: boolean;
}

/** `layerscope cache lint [context]`. */
export function lintCommand(host: Host): CommandModule<object, Arguments> {
  return {
    command: 'lint [context]',
    describe: 'What in a Dockerfile makes builds run what the cache could have given, and what that costs',
    builder: (yargs): Argv<Arguments> =>
      configOption(costsOptions(outputOptions(buildOptions(yargs))))
        .option('commits', {
          alias: 'n',
          type: 'number',
          default: 100,
          requiresArg: true,
          describe: 'how many commits to measure by, where the context is in a git repository',
        })
        .option('history', { type: 'boolean', default: true, describe: 'measure by commits; --no-history does not' }),
    handler: async (args) => {
      const count = args.commits;
      if (!Number.isInteger(count) || count < 1)
        throw problem('usage', { message: '--commits: expected a number from 1 on.' });
      const { config } = await loadOwnConfig(cwd(), args.config ?? null);
      const { costs, builder, warnings } = await loadCosts(host, args, readRequested(host, args));
      const build = await loadBuild(host, { ...args, builder: args.builder ?? builder ?? undefined });
      const { inputs } = build;
      const model = modelOf(build.builder);
      const replayed = args.history ? await loadReplay(host, build, { model, costs, count }) : null;
      const steps = model.keySteps(inputs);
      const input = {
        model,
        inputs,
        steps,
        textOf: build.textOf,
        replay: replayed?.replay ?? null,
        replayIgnoring: replayed?.replayIgnoring ?? null,
        costs,
      };
      const findings = checkCacheRules(input, config.rules);
      const linted = {
        builder: build.builder,
        dockerfile: build.file,
        lines: inputs.dockerfile.lines,
        target: inputs.target,
        replay: replayed?.replay ?? null,
        findings,
        warnings: [...build.warnings, ...warnings, ...uncheckedSteps(steps).map(toWarning)],
      };
      if (args.json) return writeOut(host.stdout, lintJson(linted));
      const paint = createPaint(args.color && takesColors(host, host.stdout));
      return writeOut(host.stdout, lintText(linted, { width: widthOf(host.stdout), paint }));
    },
  };
}
