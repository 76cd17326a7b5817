import pc from 'picocolors';

type Painter = (text: string) => string;

/** Colours by meaning. The 16 basic ones: they follow the terminal's theme, light or dark. */
export interface Paint {
  readonly strong: Painter;
  readonly faint: Painter;
  readonly good: Painter;
  readonly changed: Painter;
  readonly bad: Painter;
  readonly bar: Painter;
}

/** @param colored whether the output takes colours */
export function createPaint(colored: boolean): Paint {
  const colors = pc.createColors(colored);
  return {
    strong: colors.bold,
    faint: colors.dim,
    good: colors.green,
    changed: colors.yellow,
    bad: colors.red,
    bar: colors.cyan,
  };
}
