import type { WasteCause } from '../analysis/waste.ts';

/** A cause as a column says it, what it did, and what to do about it. */
export interface CauseText {
  readonly name: string;
  readonly verb: string;
  readonly advice: string;
}

/** The causes in words, in the order in which they are told. */
export const causeTexts: Readonly<Record<WasteCause, CauseText>> = {
  deleted: {
    name: 'deleted',
    verb: 'deleted by a later layer',
    advice:
      'It hides the files but cannot shrink the layer that has them. Delete them in the step that makes them, or do not copy them in.',
  },
  overwritten: {
    name: 'overwritten',
    verb: 'overwritten by a later layer',
    advice: 'Both copies are shipped. Write each file once: merge the steps, or copy only the final version.',
  },
  metadataOnly: {
    name: 'metadata only',
    verb: 'copied to change owner, mode or time',
    advice: 'The whole file is stored again. Use COPY --chown or --chmod, or do it in the step that makes the file.',
  },
  identical: {
    name: 'identical',
    verb: 'written again with nothing changed',
    advice: 'Leave the second step out, or narrow it to what it changes.',
  },
};
