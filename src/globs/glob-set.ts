import type { ByteString } from '../text/byte-string.ts';
import { hasLead, NameTable, type WantedPart } from './name-table.ts';
import { anyName, type PathGlob } from './path-glob.ts';

/** Where a path has led to. What is worked out of it is kept there, and goes with it. */
export interface GlobState {
  /** The globs that fit the path or a directory above it: their places in the set, in ascending order. */
  readonly matched: readonly number[];
}

interface Matched {
  readonly id: number;
  readonly globs: readonly number[];
}

/** Parts that are waited for: by their numbers, which tell the same set wherever it comes up. */
interface Waiting {
  readonly id: number;
  readonly steps: readonly number[];
  /** Those of them that cannot be looked up; null while nobody asked. */
  unled: readonly Step[] | null;
}

interface State extends GlobState {
  readonly id: number;
  /** What may follow after any directories: one part of a glob at most, for the later one takes all that the earlier would. */
  readonly anywhere: Waiting;
  /** What may follow at once. */
  readonly next: Waiting;
  readonly fitted: Matched;
  /** After a name that fits nothing. */
  quiet: State | null;
}

/** A part of a glob that is no `directories`, and how it goes on. */
interface Step extends WantedPart {
  readonly glob: number;
  readonly isLast: boolean;
  /** Whether any directories may come before it. */
  readonly floats: boolean;
}

/** So many numbers are kept in states before all are worked out anew: a hostile image has one for every path. */
const keptNumbers = 500_000;

/**
 * Many globs as one automaton, compiled once: it goes down a path name by name, and its states are made as paths lead to
 * them. What a name costs depends on the globs it fits, not on how many there are.
 */
export class GlobSet {
  readonly start: GlobState;
  private readonly steps: readonly Step[];
  private readonly table: NameTable;
  private readonly waiting = new Map<string, Waiting>();
  private readonly matches = new Map<string, Matched>();
  private readonly states = new Map<string, State>();
  private readonly moves = new Map<string, State>();
  private lastId = 0;
  private kept = 0;

  constructor(globs: readonly PathGlob[]) {
    const steps: Step[] = [];
    const first: Step[] = [];
    globs.forEach(({ parts }, glob) => {
      const compiled = compile(parts, glob, steps.length);
      steps.push(...compiled);
      first.push(...compiled.slice(0, 1));
    });
    this.steps = steps;
    this.table = new NameTable(steps.filter(({ part }) => hasLead(part)));
    this.start = this.stateFor(first, new Set());
  }

  /** Goes on to a name in the directory that a state stands for. @param from of this set */
  step(from: GlobState, name: ByteString): GlobState {
    const state = from as State;
    const fitting = this.table.fitting(name);
    const hits: number[] = [];
    this.addHits(state.anywhere, name, fitting, hits);
    this.addHits(state.next, name, fitting, hits);
    if (hits.length === 0) return (state.quiet ??= state.next.steps.length === 0 ? state : this.moveOn(state, hits));
    const key = `${state.id} ${hits.join(' ')}`;
    const known = this.moves.get(key);
    if (known !== undefined) return known;
    if (this.kept > keptNumbers) this.forget();
    const found = this.moveOn(state, hits);
    this.keep(hits.length);
    this.moves.set(key, found);
    return found;
  }

  private moveOn({ anywhere, fitted: before }: State, hits: readonly number[]): State {
    const hit = hits.flatMap((at) => this.steps[at] ?? []);
    const followers = hit.flatMap(({ id, isLast }) => (isLast ? [] : (this.steps[id + 1] ?? [])));
    // Mostly nothing comes of a hit but what may follow at once: the long list need not be made anew.
    if (hit.length === followers.length && followers.every(({ floats }) => !floats))
      return this.stateOf(anywhere, this.waitingFor(numbersOf(followers)), before);
    const fitted = new Set([...before.globs, ...hit.flatMap(({ glob, isLast }) => (isLast ? [glob] : []))]);
    const waited = anywhere.steps.flatMap((at) => this.steps[at] ?? []);
    return this.stateFor(dominant(new Set([...waited, ...followers]), fitted), fitted);
  }

  private stateFor(active: readonly Step[], fitted: ReadonlySet<number>): State {
    return this.stateOf(
      this.waitingFor(numbersOf(active.filter(({ floats }) => floats))),
      this.waitingFor(numbersOf(active.filter(({ floats }) => !floats))),
      this.matchedOf([...fitted].sort((a, b) => a - b)),
    );
  }

  private stateOf(anywhere: Waiting, next: Waiting, fitted: Matched): State {
    const key = `${anywhere.id} ${next.id} ${fitted.id}`;
    const known = this.states.get(key);
    if (known !== undefined) return known;
    const state: State = { id: ++this.lastId, anywhere, next, fitted, matched: fitted.globs, quiet: null };
    this.keep(1);
    this.states.set(key, state);
    return state;
  }

  private waitingFor(steps: readonly number[]): Waiting {
    const key = steps.join(' ');
    const known = this.waiting.get(key);
    if (known !== undefined) return known;
    const waiting: Waiting = { id: ++this.lastId, steps, unled: null };
    this.keep(steps.length);
    this.waiting.set(key, waiting);
    return waiting;
  }

  private matchedOf(globs: readonly number[]): Matched {
    const key = globs.join(' ');
    const known = this.matches.get(key);
    if (known !== undefined) return known;
    const matched = { id: ++this.lastId, globs };
    this.keep(globs.length);
    this.matches.set(key, matched);
    return matched;
  }

  /** @param fitting all that the name fits, wherever it stands */
  private addHits(waiting: Waiting, name: ByteString, fitting: readonly number[], hits: number[]): void {
    if (waiting.steps.length === 0) return;
    for (const id of fitting) if (isAmong(waiting.steps, id)) hits.push(id);
    waiting.unled ??= waiting.steps.flatMap((at) => {
      const step = this.steps[at];
      return step === undefined || hasLead(step.part) ? [] : [step];
    });
    for (const { id, part } of waiting.unled) if (part.kind === 'pattern' && part.fits(name)) hits.push(id);
  }

  /** States that somebody still holds stay as good as they were. */
  private forget(): void {
    for (const map of [this.waiting, this.matches, this.states, this.moves]) map.clear();
    this.kept = 0;
  }

  private keep(numbers: number): void {
    // Empty ones take room, too.
    this.kept += numbers + 8;
  }
}

/** @param numbers in ascending order */
function isAmong(numbers: readonly number[], wanted: number): boolean {
  let from = 0;
  let to = numbers.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((numbers[middle] ?? 0) < wanted) from = middle + 1;
    else to = middle;
  }
  return numbers[from] === wanted;
}

/** Each once, in ascending order. */
function numbersOf(steps: readonly Step[]): number[] {
  return [...new Set(steps.map(({ id }) => id))].sort((a, b) => a - b);
}

function compile(parts: PathGlob['parts'], glob: number, firstId: number): Step[] {
  const steps: Step[] = [];
  parts.forEach((part, at) => {
    const isLast = at === parts.length - 1;
    const id = firstId + steps.length;
    // In the end, `**` is at least one name, whichever.
    if (part.kind === 'directories') {
      if (isLast) steps.push({ id, part: anyName, glob, isLast, floats: false });
    } else steps.push({ id, part, glob, isLast, floats: parts[at - 1]?.kind === 'directories' });
  });
  return steps;
}

/**
 * Leaves out what can make no difference any more: a glob that fits stays fitting, and what may follow after any
 * directories takes every path that an earlier part of the glob would go on with.
 */
function dominant(active: ReadonlySet<Step>, fitted: ReadonlySet<number>): Step[] {
  const floor = new Map<number, number>();
  for (const { glob, id, floats } of active) if (floats) floor.set(glob, Math.max(id, floor.get(glob) ?? 0));
  return [...active].filter(({ glob, id }) => !fitted.has(glob) && id >= (floor.get(glob) ?? 0));
}
