import { formatBytes } from './text/bytes.ts';
import { formatDuration } from './text/duration.ts';

/** How fast something goes. */
export interface Pace {
  readonly bytesPerSecond: number;
  /** Seconds until it is done at that pace; null where the end is unknown. */
  readonly secondsLeft: number | null;
}

/** How much of the past counts, in milliseconds: long enough to be steady, short enough to follow a line that slows down. */
const memory = 5000;

/** Less than that tells nothing, in milliseconds. */
const least = 500;

/** Tells from reports of progress how fast it is. */
export class PaceMeter {
  private readonly samples: { readonly at: number; readonly done: number }[] = [];

  /**
   * Takes a report.
   * @param now milliseconds of a clock that does not jump
   * @param done bytes so far @param total bytes in all, if known
   * @returns null while there is too little to tell
   */
  note(now: number, done: number, total: number | null): Pace | null {
    const { samples } = this;
    const last = samples.at(-1);
    // Something else is being read now.
    if (last !== undefined && done < last.done) samples.length = 0;
    // Ten samples a second are plenty.
    if (last === undefined || now - last.at >= memory / 50 || samples.length === 0) samples.push({ at: now, done });
    while (samples.length > 2 && now - (samples[1]?.at ?? now) >= memory) samples.shift();
    const first = samples[0] ?? { at: now, done };
    const elapsed = now - first.at;
    if (elapsed < least || done === first.done) return null;
    const bytesPerSecond = ((done - first.done) / elapsed) * 1000;
    return { bytesPerSecond, secondsLeft: total === null ? null : Math.max(0, total - done) / bytesPerSecond };
  }
}

/** In words: `12.3 MB/s  8 s left`. */
export function formatPace({ bytesPerSecond, secondsLeft }: Pace): string {
  const left = secondsLeft === null ? '' : `  ${formatDuration(secondsLeft)} left`;
  return `${formatBytes(bytesPerSecond)}/s${left}`;
}
