import type { CommandModule } from 'yargs';
import { problem } from '../errors.ts';
import { explainCommand } from './cache/explain.ts';
import { fixCommand } from './cache/fix.ts';
import { lintCommand } from './cache/lint.ts';
import { replayCommand } from './cache/replay.ts';
import type { Host } from './host.ts';

/** `layerscope cache …`: what the build cache makes of a Dockerfile. */
export function cacheCommand(host: Host): CommandModule<object, object> {
  return {
    command: 'cache',
    describe: 'Which steps of a build re-run, why, what it costs, and what to write instead',
    builder: (yargs) =>
      yargs
        .command(explainCommand(host))
        .command(fixCommand(host))
        .command(lintCommand(host))
        .command(replayCommand(host)),
    handler: () => {
      throw problem('usage', {
        message: 'cache what? Give one of: explain, fix, lint, replay. See layerscope cache --help.',
      });
    },
  };
}
