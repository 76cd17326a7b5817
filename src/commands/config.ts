import { cwd } from 'node:process';
import type { Argv, CommandModule } from 'yargs';
import { configJson } from '../config/effective/config-json.ts';
import { settingsOf } from '../config/effective/settings-of.ts';
import { traceSettings } from '../config/effective/trace-settings.ts';
import { loadConfig } from '../config/load-config.ts';
import { sanitize } from '../text/sanitize.ts';
import type { Host } from './host.ts';
import { type ConfigArguments, configOption } from './options.ts';
import { writeOut } from './write-out.ts';

interface Arguments extends ConfigArguments {
  readonly json: boolean;
  readonly mouse: boolean | undefined;
}

/** `layerscope config`: what holds here, and where each value is from. */
export function configCommand(host: Host): CommandModule<object, Arguments> {
  return {
    command: 'config',
    describe: 'The configuration that holds here, and where each value of it is from',
    builder: (yargs): Argv<Arguments> =>
      configOption(yargs)
        .option('json', { type: 'boolean', default: false, describe: 'print JSON' })
        .option('mouse', { type: 'boolean', describe: 'as analyze has it' }),
    handler: async (args) => {
      const loaded = await loadConfig(cwd(), args.config ?? null);
      const { mouse } = args;
      const { tui } = loaded.config;
      const config = { ...loaded.config, tui: { ...tui, mouse: mouse ?? tui.mouse } };
      const given = mouse === undefined ? [] : [{ place: ['tui', 'mouse'], option: mouse ? '--mouse' : '--no-mouse' }];
      const settings = await traceSettings(settingsOf(config), loaded, given);
      if (args.json) return writeOut(host.stdout, configJson(loaded, settings));
      const { configYaml } = await import('../config/effective/config-yaml.ts');
      const notes = loaded.notes.map((note) => `# ${sanitize(note)}\n`).join('');
      return writeOut(host.stdout, `${notes}${configYaml(settings)}`);
    },
  };
}
