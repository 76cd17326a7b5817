import type { CommandModule } from 'yargs';
import { parseHistoryStep } from '../dockerfile/history-step.ts';
import { instructionLines } from '../dockerfile/rebuild.ts';
import type { HistoryEntry } from '../image/config.ts';
import type { Image } from '../image/image.ts';
import { formatPlatform } from '../image/platform.ts';
import { createPaint } from '../report/paint.ts';
import { formatBytes } from '../text/bytes.ts';
import { sanitize } from '../text/sanitize.ts';
import { type Host, takesColors } from './host.ts';
import { loadImage, openRequested } from './load-image.ts';
import {
  type ImageArguments,
  imageOptions,
  type MetadataArguments,
  metadataOption,
  outputOptions,
  type OutputArguments,
} from './options.ts';
import { createProgressLine, type ProgressLine } from './progress-line.ts';
import { writeOut } from './write-out.ts';

type Arguments = ImageArguments & OutputArguments & MetadataArguments;

/** A step of the build, or a layer that the history does not know. */
interface Step {
  readonly layer: number | null;
  readonly sizeBytes: number | null;
  readonly entry: HistoryEntry | null;
}

/** `layerscope history IMAGE`. */
export function historyCommand(host: Host): CommandModule<object, Arguments> {
  return {
    command: 'history <image>',
    describe: 'The build steps as a Dockerfile, with their sizes',
    builder: (yargs) => metadataOption(outputOptions(imageOptions(yargs))),
    handler: async (args) => {
      const progress = createProgressLine(host, args.quiet);
      const { image, sizes } = await readImage(host, args, progress).finally(progress.clear);
      const steps = stepsOf(image, sizes);
      if (args.json)
        return writeOut(host.stdout, `${JSON.stringify({ schemaVersion: 1, steps: steps.map(toJson) }, null, 2)}\n`);
      const { faint } = createPaint(args.color && takesColors(host, host.stdout));
      const lines = [faint(`# ${summary(image)}`), 'FROM scratch', ...steps.flatMap((step) => stepLines(step, faint))];
      return writeOut(host.stdout, `${lines.join('\n')}\n`);
    },
  };
}

/** An image, and the bytes of each of its layers, as far as they were read. */
async function readImage(
  host: Host,
  args: Arguments,
  progress: ProgressLine,
): Promise<{ image: Image; sizes: readonly number[] }> {
  if (!args['metadata-only']) {
    const { image, union } = await loadImage(host, args, progress);
    return { image, sizes: union.layers.map(({ totalBytes }) => totalBytes) };
  }
  const { image, close } = await openRequested(host, args, progress);
  await close();
  return { image, sizes: [] };
}

/** Steps and layers side by side: a step without `empty_layer` takes the next layer; layers left over have no step. */
function stepsOf(image: Image, sizes: readonly number[]): Step[] {
  const sizeOf = (layer: number): number | null => sizes[layer] ?? null;
  let next = 0;
  const steps = image.config.history.map((entry): Step => {
    const layer = entry.emptyLayer || next >= image.layers.length ? null : next++;
    return { layer, sizeBytes: layer === null ? null : sizeOf(layer), entry };
  });
  for (; next < image.layers.length; next++) steps.push({ layer: next, sizeBytes: sizeOf(next), entry: null });
  return steps;
}

function summary({ config, reference, layers }: Image): string {
  const created = config.created === null ? '' : `, created ${config.created}`;
  return sanitize(`${reference}: ${formatPlatform(config.platform)}, ${layers.length} layers${created}`);
}

function stepLines({ layer, sizeBytes, entry }: Step, faint: (text: string) => string): string[] {
  const size =
    layer === null ? [] : [faint(`# layer ${layer}${sizeBytes === null ? '' : `: ${formatBytes(sizeBytes)}`}`)];
  if (entry === null) return ['', ...size, faint('# (no history)')];
  const step = parseHistoryStep(entry);
  const text = step.text === '' && step.keyword === null ? { ...step, text: entry.comment || '(no command)' } : step;
  const args = step.buildArgs === null ? [] : [faint(sanitize(`# with build arguments ${step.buildArgs}`))];
  return [...(layer === null ? [] : ['']), ...size, ...args, ...instructionLines(text)];
}

function toJson({ layer, sizeBytes, entry }: Step): object {
  const step = entry === null ? null : parseHistoryStep(entry);
  return {
    layer,
    sizeBytes,
    keyword: step?.keyword ?? null,
    text: step?.text ?? null,
    createdBy: entry?.createdBy ?? null,
    created: entry?.created ?? null,
    comment: entry?.comment ?? null,
    author: entry?.author ?? null,
  };
}
