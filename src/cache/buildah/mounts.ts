import type { Instruction } from '../../dockerfile/dockerfile.ts';
import { mountFields } from '../mount-fields.ts';
import type { StageEnd, StepScene } from '../linear/linear-model.ts';

/** `--mount` of RUN, as far as the key needs it. */
export interface Mount {
  readonly text: string;
  /** As written; empty where nothing is said, which buildah does not take for a bind mount here. */
  readonly type: string;
  /** Variables expanded; the whole where nothing is said. */
  readonly source: string;
  /** What it takes from, where that is no part of the context. */
  readonly from: string | null;
  /** Where that is a stage. */
  readonly end: StageEnd | null;
}

/** The mounts of RUN. */
export function mountsOf({ flags }: Instruction, { state, endOf }: StepScene): readonly Mount[] {
  return flags
    .filter(({ name, value }) => name === 'mount' && value !== null)
    .map(({ value }) => {
      const text = value ?? '';
      const fields = mountFields(text);
      const from = fields.get('from') ?? null;
      return {
        text,
        type: fields.get('type') ?? '',
        source: state.expand(fields.get('source') ?? '.'),
        from: from === null ? null : state.expand(from),
        end: from === null ? null : endOf(state.expand(from)),
      };
    });
}
