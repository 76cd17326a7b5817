import { plural } from '../../text/plural.ts';
import { type Cell, layTable } from '../../text/table.ts';
import { shownText } from '../../dockerfile/shown-text.ts';
import { sectionsToPage, type TextStyle, titled } from '../text-style.ts';

/** A step as the builder's log told it. */
export interface BuiltStep {
  /** In the Dockerfile; null where it is not found there. */
  readonly line: number | null;
  readonly text: string;
  readonly cached: boolean;
  readonly seconds: number | null;
}

/** A step that did not do what its key told. */
export interface Surprise {
  readonly line: number;
  readonly keyword: string;
  readonly expected: 'cached' | 'rerun';
}

/** What became of the prediction: it could not be made, which says why, or was made and met these surprises. */
export type Outcome =
  | { readonly kind: 'none'; readonly why: string }
  | { readonly kind: 'compared'; readonly surprises: readonly Surprise[] };

export interface BuiltSteps {
  /** In the order of the Dockerfile. FROM is left out: no log tells whether a base image was there. */
  readonly steps: readonly BuiltStep[];
  readonly outcome: Outcome;
}

/** The steps of a build that was made, for people: which were cached, which ran how long, and what was not foreseen. */
export function builtText({ steps, outcome }: BuiltSteps, style: TextStyle): string {
  const { paint, width } = style;
  const columns = [
    { title: 'line', align: 'right' },
    { title: 'took', align: 'right' },
    { title: '', align: 'left' },
  ] as const;
  const rows = steps.map(({ line, text, cached, seconds }): Cell[] => [
    { text: line === null ? '' : String(line), paint: paint.faint },
    cached ? { text: 'cached', paint: paint.good } : { text: took(seconds), paint: paint.bad },
    { text: shownText({ text }) },
  ]);
  return sectionsToPage([
    [
      `${paint.strong('Steps of the build')}  ${paint.faint(summary(steps))}`,
      ...titled(layTable(columns, rows, width), paint),
    ],
    surprises(outcome),
  ]);
}

function took(seconds: number | null): string {
  return seconds === null ? 'ran' : `${seconds.toFixed(1)} s`;
}

function summary(steps: readonly BuiltStep[]): string {
  const cached = steps.filter((step) => step.cached).length;
  const seconds = steps.reduce((sum, step) => sum + (step.seconds ?? 0), 0);
  const ran = `${steps.length - cached} ran${seconds === 0 ? '' : ` in ${seconds.toFixed(1)} s`}`;
  return `${plural(cached, 'step')} cached, ${ran}`;
}

function surprises(outcome: Outcome): string[] {
  if (outcome.kind === 'none') return [outcome.why];
  if (outcome.surprises.length === 0) return ['All steps did what cache explain predicts.'];
  return outcome.surprises.map(({ line, keyword, expected }) => {
    const what = `line ${line} ${keyword}`;
    return expected === 'cached'
      ? `${what} was expected to be cached, and ran: its base image may be another now, or the builder may have forgotten it.`
      : `${what} was expected to run, and was cached: from a build that was not made here, or of the same result.`;
  });
}
