import type { WasteCause } from '../analysis/waste.ts';

const causes: Readonly<Record<WasteCause, { readonly name: string; readonly advice: string }>> = {
  deleted: {
    name: 'deleted',
    advice:
      'a later layer hides files but cannot shrink the layer that has them. Delete them in the step that makes them, or do not copy them in.',
  },
  overwritten: {
    name: 'overwritten',
    advice: 'both copies are shipped. Write the file once: merge the steps, or copy only the final version.',
  },
  metadataOnly: {
    name: 'metadata only',
    advice:
      'changing owner, mode or time copies the whole file. Use COPY --chown or --chmod, or change it in the step that makes it.',
  },
  identical: {
    name: 'identical',
    advice: 'the same file was written twice. Leave the second step out, or keep what it copies to what changed.',
  },
};

/** A cause in words. */
export function causeName(cause: WasteCause): string {
  return causes[cause].name;
}

/** What to do about a cause, in a sentence or two. */
export function causeAdvice(cause: WasteCause): string {
  return causes[cause].advice;
}
