import type { CommandModule } from 'yargs';
import { cacheDirectory } from '../index-cache/cache-directory.ts';
import type { Host } from './host.ts';
import { writeOut } from './write-out.ts';

/** `layerscope cache-dir`. */
export function cacheDirCommand(host: Host): CommandModule {
  return {
    command: 'cache-dir',
    describe: 'Where the indexes of layers are kept that were read before; it may be removed at any time',
    handler: () => writeOut(host.stdout, `${cacheDirectory(host.env, host.platform)}\n`),
  };
}
