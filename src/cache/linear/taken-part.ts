import { baseImage } from '../base-image.ts';
import type { KeyPart } from '../keyed-step.ts';
import type { StepScene } from './linear-model.ts';
import { textPart } from './text-part.ts';

/** `COPY --from`: paths of an earlier stage, or of another image. */
export function takenPart(from: string, paths: readonly string[], { inputs, endOf }: StepScene): KeyPart {
  const end = endOf(from);
  const name = paths.join(' ');
  if (end !== null) return { kind: 'stage-content', name, value: name, selected: [], from: end.step };
  return textPart('image-content', name, `${baseImage(inputs, from).identity} ${name}`);
}
