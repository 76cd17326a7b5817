import type { HistoryEntry } from '../../image/config.ts';
import type { Builder } from '../step-record.ts';
import { afterNop } from './classic.ts';
import { isKeyword, splitOnce } from './parsed-entry.ts';

/**
 * The classic builder and buildah write RUN, COPY, ADD and WORKDIR alike, and buildah 1.43 says `FROM <base>` in the
 * first step of its own only: who wrote such an entry, the entries around it tell.
 *
 * @param builders who wrote each entry as far as it tells by itself; `classic` where it may be either
 * @param labelled the image has buildah's label
 */
export function classicOrBuildah(
  history: readonly HistoryEntry[],
  builders: readonly Builder[],
  labelled: boolean,
): readonly Builder[] {
  const telling = history.map((entry, at) => tellingBuilder(entry, builders[at] ?? 'unknown'));
  // Old versions of buildah write no marks at all.
  if (labelled && !telling.includes('buildah')) return builders.map((each) => (each === 'classic' ? 'buildah' : each));
  const next = nextTelling(telling);
  let previous: Builder | null = null;
  return history.map((_, at) => {
    const own = telling[at];
    if (own !== null && own !== undefined) {
      previous = own;
      return own;
    }
    const builder = builders[at] ?? 'unknown';
    if (builder !== 'classic') return builder;
    const after = next[at] ?? null;
    // Where it stands between the two, a classic build went on from an image of buildah's.
    if (previous === 'buildah') return after !== null && telling[after] === 'classic' ? 'classic' : 'buildah';
    // What starts from a name starts a build: entries before it are its base image's.
    const continued = after !== null && telling[after] === 'buildah' && !startsFromName(history[after]);
    return previous === null && continued ? 'buildah' : builder;
  });
}

/** The builder of an entry that only it can have written; null where that cannot be told. */
function tellingBuilder({ createdBy }: HistoryEntry, builder: Builder): Builder | null {
  if (builder === 'unknown') return null;
  if (builder !== 'classic') return builder;
  const nop = afterNop(createdBy.trimStart());
  if (nop === null) return null;
  // buildah's cache key has parts that are empty mostly, each after a space (getCreatedBy, buildMetadata).
  if (nop.endsWith('  ')) return 'buildah';
  const [keyword] = splitOnce(nop.trimStart());
  return isKeyword(keyword) && nop.startsWith(' ') ? 'classic' : null;
}

/** For each entry, the next one that tells; null after the last. */
function nextTelling(telling: readonly (Builder | null)[]): readonly (number | null)[] {
  const next: (number | null)[] = [];
  let following: number | null = null;
  for (let at = telling.length - 1; at >= 0; at--) {
    next[at] = following;
    if (telling[at] !== null) following = at;
  }
  return next;
}

function startsFromName(entry: HistoryEntry | undefined): boolean {
  return /^FROM (?![a-f0-9]{12,64}$)/.test(entry?.comment ?? '');
}
