import type { KeyedStep } from '../../../src/cache/keyed-step.ts';
import type { Dockerfile } from '../../../src/dockerfile/dockerfile.ts';
import { expandWord } from '../../../src/dockerfile/expand.ts';
import { globalValues } from '../../../src/dockerfile/record/global-args.ts';
import { stageBase } from '../../../src/dockerfile/stages.ts';
import type { TruthBuilder } from './cache-case.ts';
import type { ReportedStep } from './reported-step.ts';

/** Where steps are by a builder's own count. */
export class Places {
  /** Every instruction has a line of its own. */
  readonly tellsAll: boolean;
  readonly #dockerfile: Dockerfile;
  readonly #globals: ReadonlyMap<string, string | null>;
  readonly #counts = new Map<number, number>();

  constructor(builder: TruthBuilder, dockerfile: Dockerfile, buildArgs: ReadonlyMap<string, string>) {
    this.tellsAll = builder !== 'buildkit';
    this.#dockerfile = dockerfile;
    this.#globals = globalValues(dockerfile, buildArgs);
  }

  ofReported({ stage, number }: ReportedStep): string {
    const named = this.#dockerfile.stages.findIndex(({ name }) => name?.toLowerCase() === stage.toLowerCase());
    const index = named === -1 ? Number(/^(?:stage-)?(\d+)$/.exec(stage)?.[1] ?? 0) : named;
    return `${index}:${number}`;
  }

  /** Of the next step of its stage, FROM left out. */
  next({ stage, role }: KeyedStep): string | null {
    if (!this.tellsAll && role !== 'step') return null;
    const count = this.#counts.get(stage.index) ?? (this.tellsAll || this.#startsFromImage(stage.index) ? 1 : 0);
    this.#counts.set(stage.index, count + 1);
    return `${stage.index}:${count + 1}`;
  }

  /** Only then BuildKit counts FROM. */
  #startsFromImage(index: number): boolean {
    const stage = this.#dockerfile.stages[index];
    if (stage === undefined) return false;
    const from = expandWord(stage.from, (name) => this.#globals.get(name), this.#dockerfile.directives.escape);
    return stageBase(this.#dockerfile, stage, from ?? stage.from).kind === 'image';
  }
}
