import { longestText, mostSteps } from './bounds.ts';
import type { LogStep } from './build-log.ts';
import type { LogLine } from './log-line.ts';

/** How a builder that does one step after the other writes that. */
export interface StepLines {
  readonly header: (line: string) => Pick<LogStep, 'stage' | 'ordinal' | 'total' | 'text'> | null;
  readonly usesCache: (line: string) => boolean;
  /** Whether a line names the result of a step. */
  readonly ends: (line: string) => boolean;
}

interface Open {
  readonly header: Pick<LogStep, 'stage' | 'ordinal' | 'total' | 'text'>;
  readonly started: number | null;
  cached: boolean;
  ended: number | null;
}

/**
 * Reads a log of headings with output between them. Builders of this kind tell no times; where lines have time stamps, a
 * step took from its heading to the line that names its result.
 *
 * Output is not marked, so what looks like a heading counts only where it is the next one, and what says that the cache was
 * used only right after a heading.
 */
export function numberedSteps(lines: readonly LogLine[], { header, usesCache, ends }: StepLines): LogStep[] {
  const steps: Open[] = [];
  const last = new Map<string | null, Open>();
  let fresh = false;
  let interleaved = false;
  for (const { text, time } of lines) {
    const found = header(text);
    const current = steps.at(-1);
    if (found !== null && follows(last.get(found.stage), found) && steps.length < mostSteps) {
      // Stages at the same time (--jobs): what lies between two headings is not one step's.
      interleaved ||= found.ordinal > 1 && current !== undefined && current.header.stage !== found.stage;
      if (current !== undefined) current.ended ??= time;
      const step = { header: found, started: time, cached: false, ended: null };
      steps.push(step);
      last.set(found.stage, step);
      fresh = true;
      continue;
    }
    if (current === undefined) continue;
    if (fresh && usesCache(text)) current.cached = true;
    else if (ends(text)) current.ended = time;
    fresh = false;
  }
  return steps.map(({ header, started, cached, ended }): LogStep => {
    const timed = !cached && !interleaved && started !== null && ended !== null && ended >= started;
    const seconds = timed ? (ended - started) / 1000 : null;
    return { ...header, text: header.text.slice(0, longestText), platform: null, cached, seconds };
  });
}

function follows(last: Open | undefined, { ordinal, total }: Pick<LogStep, 'ordinal' | 'total'>): boolean {
  return ordinal === 1 || (last?.header.ordinal === ordinal - 1 && last.header.total === total);
}
