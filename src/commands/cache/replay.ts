import type { CommandModule } from 'yargs';
import { modelOf } from '../../cache/models.ts';
import { replayHistory } from '../../cache/replay/replay-history.ts';
import { createIgnore } from '../../dockerfile/ignore-file.ts';
import { replayJson } from '../../report/cache/replay-json.ts';
import { replayText } from '../../report/cache/replay-text.ts';
import { createPaint } from '../../report/paint.ts';
import { openRepository } from '../../workspace/git/open-repository.ts';
import { readHistory } from '../../workspace/git/read-history.ts';
import { toWarning } from '../../warnings.ts';
import { type Host, takesColors, widthOf } from '../host.ts';
import { type OutputArguments, outputOptions } from '../options.ts';
import { writeOut } from '../write-out.ts';
import { type BuildArguments, buildOptions } from './build-options.ts';
import { checkCommits, type HistoryArguments, historyOptions } from './history-options.ts';
import { type CostsArguments, costsOptions, loadCosts } from './load-costs.ts';
import { readPresent } from './read-present.ts';

type Arguments = BuildArguments & OutputArguments & CostsArguments & HistoryArguments;

/** `layerscope cache replay [context]`. */
export function replayCommand(host: Host): CommandModule<object, Arguments> {
  return {
    command: 'replay [context]',
    describe: 'What the last commits would have re-run of the Dockerfile as it is now, and which line causes it',
    builder: (yargs) => historyOptions(costsOptions(outputOptions(buildOptions(yargs)))),
    handler: async (args) => {
      const count = checkCommits(args.commits);
      const repository = await openRepository(args.context, host.env);
      const present = await readPresent(host, repository, args);
      const { costs, builder: told, warnings } = await loadCosts(host, args, present);
      const builder = args.builder ?? told ?? 'buildkit';
      const ignoreFile = await present.findIgnoreFile(builder);
      const replay = replayHistory({
        inputs: { ...present, context: null, bases: new Map() },
        model: modelOf(builder),
        ignore: createIgnore(ignoreFile?.text ?? ''),
        history: await readHistory(repository, { count, to: args.to }),
        costs,
      });
      const replayed = {
        builder,
        dockerfile: present.file,
        target: present.target,
        replay,
        warnings: [...present.dockerfile.oddities.map(toWarning), ...warnings],
      };
      if (args.json) return writeOut(host.stdout, replayJson(replayed));
      const paint = createPaint(args.color && takesColors(host, host.stdout));
      return writeOut(host.stdout, replayText(replayed, { width: widthOf(host.stdout), paint }));
    },
  };
}
