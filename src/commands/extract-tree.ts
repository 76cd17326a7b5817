import { resolve } from 'node:path';
import { extract } from '../extraction/extract.ts';
import { type ExtractionPlan, planExtraction } from '../extraction/plan.ts';
import { TargetDirectory } from '../extraction/target-directory.ts';
import type { Filesystem } from '../filesystem/filesystem.ts';
import type { Host } from './host.ts';
import { interruptible } from './interrupt.ts';
import { type LoadedImage, readableLayer } from './load-image.ts';

/** What is extracted, and where to. */
export interface TreeToExtract {
  /** The final filesystem, or the one that a layer left. */
  readonly tree: Filesystem;
  readonly node: number;
  /** The directory it goes below; made if it is not there. */
  readonly output: string;
  /** Whether setuid, setgid and sticky bits are kept. */
  readonly setuid: boolean;
}

/**
 * Extracts a node and all below it. If that fails or is interrupted, everything that was made is gone again.
 * @returns what was made
 * @throws LayerscopeError
 */
export async function extractTree(
  host: Host,
  loaded: LoadedImage,
  { tree, node, output, setuid }: TreeToExtract,
): Promise<ExtractionPlan> {
  const plan = planExtraction(tree, node);
  const target = new TargetDirectory(resolve(output));
  await interruptible(
    host,
    () => target.takeBack(),
    async () => {
      try {
        await extract(plan, target, { setuid, layer: (layer) => readableLayer(loaded, layer) });
      } catch (error) {
        target.takeBack();
        throw error;
      }
    },
  );
  return plan;
}
