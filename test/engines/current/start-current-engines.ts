import { type Engines, startEngines } from '../engines.ts';
import { enterCurrentRoot } from './enter-current-root.ts';

/** The engines of Debian testing. The containerd store is what a new Docker has: it merges `COPY --link` and attests. */
export async function startCurrentEngines(): Promise<Engines> {
  return await startEngines(async (scratch) => {
    const { within, leave } = await enterCurrentRoot(scratch);
    return {
      within,
      leave,
      daemonConfig: { features: { 'containerd-snapshotter': true } },
      // Else buildah raises them to a million, which a container may not.
      buildahOptions: ['--ulimit=nofile=1024:1024', '--ulimit=nproc=1024:1024'],
    };
  });
}
