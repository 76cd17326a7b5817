import { cwd } from 'node:process';
import type { Argv, CommandModule } from 'yargs';
import { diveRuleNames } from '../budgets/dive-rules.ts';
import type { Config } from '../config/config.ts';
import { configJson } from '../config/effective/config-json.ts';
import { settingsOf } from '../config/effective/settings-of.ts';
import { type GivenOptions, traceSettings } from '../config/effective/trace-settings.ts';
import { loadConfig } from '../config/load-config.ts';
import { sanitize } from '../text/sanitize.ts';
import { requestedBaseline, requestedDiveRules, type TermsArguments, termsOptions } from './gate-options.ts';
import type { Host } from './host.ts';
import { type ConfigArguments, configOption, type TuiArguments } from './options.ts';
import { writeOut } from './write-out.ts';

interface Arguments extends ConfigArguments, TermsArguments, Pick<TuiArguments, 'mouse'> {
  readonly json: boolean;
}

/** `layerscope config`: what holds here, and where each value is from. */
export function configCommand(host: Host): CommandModule<object, Arguments> {
  return {
    command: 'config',
    describe: 'The configuration that holds here, and where each value of it is from',
    builder: (yargs): Argv<Arguments> =>
      termsOptions(configOption(yargs))
        .option('json', { type: 'boolean', default: false, describe: 'print JSON' })
        .option('mouse', { type: 'boolean', describe: 'as analyze has it' }),
    handler: async (args) => {
      const loaded = await loadConfig(cwd(), args.config ?? null);
      const settings = await traceSettings(settingsOf(withOptions(loaded.config, args)), loaded, givenOptions(args));
      if (args.json) return writeOut(host.stdout, configJson(loaded, settings));
      // The library for YAML takes longer to load than all else.
      const { configYaml } = await import('../config/effective/config-yaml.ts');
      const notes = loaded.notes.map((note) => `# ${sanitize(note)}\n`).join('');
      return writeOut(host.stdout, `${notes}${configYaml(settings)}`);
    },
  };
}

/** What `ci` and `analyze` would go by with the same options. @throws LayerscopeError `usage` */
function withOptions(config: Config, args: Arguments): Config {
  const { tui } = config;
  return {
    ...config,
    baseline: requestedBaseline(args) ?? config.baseline,
    failOn: args['fail-on'] ?? config.failOn,
    dive: requestedDiveRules(args, config.dive),
    tui: { ...tui, mouse: args.mouse ?? tui.mouse },
  };
}

function givenOptions(args: Arguments): GivenOptions {
  const { baseline, 'fail-on': failOn, mouse } = args;
  return [
    ...(baseline === undefined ? [] : [{ place: ['baseline'], option: '--baseline' }]),
    ...(failOn === undefined ? [] : [{ place: ['failOn'], option: '--fail-on' }]),
    ...(mouse === undefined ? [] : [{ place: ['tui', 'mouse'], option: mouse ? '--mouse' : '--no-mouse' }]),
    ...diveRuleNames.flatMap((name) =>
      args[name] === undefined ? [] : [{ place: ['dive', name], option: `--${name}` }],
    ),
  ];
}
