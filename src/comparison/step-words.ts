import { parseHistoryStep } from '../dockerfile/history-step.ts';
import { builderOf } from '../dockerfile/history/builder-of.ts';
import { entrySummary } from '../dockerfile/rebuild.ts';
import { shownText } from '../dockerfile/shown-text.ts';
import type { LayerFacts } from './image-facts.ts';

/** What a step is known by in another image. Texts are numbered: long ones that start alike would take long to compare. */
export interface StepWords {
  /** As the Dockerfile has it, on one line; null where its line is not known. */
  readonly written: number | null;
  /** As the history has it, without what changes with the content; null where it says nothing. */
  readonly recorded: number | null;
  readonly keyword: string | null;
  /** Some words of it, to tell which step an edited one was. */
  readonly words: ReadonlySet<string>;
}

/** More of them tell no more. */
const comparedWords = 40;
const comparedLength = 4000;

/** @param numbers of the texts so far, of both images */
export function stepWords(layer: LayerFacts, numbers: Map<string, number>): StepWords {
  const { instruction } = layer;
  const written = instruction === null ? null : shownText(instruction);
  const { recorded, keyword } = historyWords(layer);
  const text = (written ?? recorded ?? '').slice(0, comparedLength);
  const numberOf = (known: string | null): number | null => {
    if (known === null) return null;
    const number = numbers.get(known) ?? numbers.size;
    numbers.set(known, number);
    return number;
  };
  return {
    written: numberOf(written),
    recorded: numberOf(recorded),
    keyword: instruction?.keyword ?? keyword,
    words: new Set(text.split(/[\s=/]/, comparedWords)),
  };
}

/** The step of a layer on one line, fit to print. */
export function stepText({ instruction, history }: LayerFacts): string {
  return instruction === null ? entrySummary(history) : shownText(instruction);
}

/** Whether two steps are written alike. */
export function sameStep(one: StepWords, other: StepWords): boolean {
  if (one.written !== null && one.written === other.written) return true;
  // Two lines that differ may have one record: of COPY, most histories do not keep the sources.
  if (one.written !== null && other.written !== null && one.keyword !== 'RUN') return false;
  return one.recorded !== null && one.recorded === other.recorded;
}

function historyWords({ history }: LayerFacts): { recorded: string | null; keyword: string | null } {
  if (history === null) return { recorded: null, keyword: null };
  const entry = { ...history, emptyLayer: false };
  const builder = builderOf(entry);
  // The two are alike on their own, and what buildah's grammar takes off besides is a digest of content.
  const step = parseHistoryStep(entry, builder === 'classic' ? 'buildah' : builder);
  const { keyword, flags, record, text } = step;
  if (record?.kind === 'copy') {
    const options = flags.map(({ name, value }) => `--${name}=${value ?? ''} `).join('');
    return { keyword, recorded: `${keyword} ${options}${record.sources} ${record.destination}` };
  }
  const recorded = `${keyword ?? ''} ${text}`.replaceAll(/\s+/g, ' ').trim();
  return { keyword, recorded: recorded || history.comment.trim() || null };
}
