import type { KeyedStep, KeyPart } from '../keyed-step.ts';
import { keyOf } from '../step-key.ts';

/** A step of which all is known but its keys. */
export type UnkeyedStep = Omit<KeyedStep, 'role' | 'key' | 'hopefulKey'>;

/**
 * Steps in the order in which they are carried out, each with a key made of its own parts and of what it starts from. To
 * these builders every instruction is a step.
 */
export class LinearChain {
  readonly #steps: KeyedStep[] = [];

  get steps(): readonly KeyedStep[] {
    return this.#steps;
  }

  /** @returns the step's index */
  add(step: UnkeyedStep, fate: 'found-again' | 'never-found' = 'found-again'): number {
    const { parts, parents } = step;
    if (fate === 'never-found') return this.#steps.push({ ...step, role: 'step', key: '', hopefulKey: '' }) - 1;
    const taken = parts.flatMap(({ from }) => from ?? []);
    const key = this.#key(parts, 'key', [...parents, ...taken]);
    // Hashing is most of what a commit of a long history costs, and where there is nothing to hope for both are the same.
    const sure = taken.length === 0 && !parts.some(isCopied) && parents.every((index) => this.#isSure(index));
    const hopefulKey = sure ? key : this.#hopefulKey(step);
    return this.#steps.push({ ...step, role: 'step', key, hopefulKey }) - 1;
  }

  /** A stage that starts from another one's result has that result. */
  addAlias(step: UnkeyedStep, of: number): number {
    const original = this.#steps[of];
    if (original === undefined) return this.add(step);
    const { key, hopefulKey } = original;
    return this.#steps.push({ ...step, role: 'step', key, hopefulKey }) - 1;
  }

  /** Only copied content can turn out the same although other steps made it, or although it lay elsewhere. */
  #hopefulKey({ parts, parents }: UnkeyedStep): string {
    const hoped = parts.map((part) => (isCopied(part) ? { ...part, value: '' } : part));
    const awaited = parts.flatMap((part) => (isCopied(part) ? [] : (part.from ?? [])));
    return this.#key(hoped, 'hopefulKey', [...parents, ...awaited]);
  }

  #isSure(index: number): boolean {
    const step = this.#steps[index];
    return step?.key === step?.hopefulKey;
  }

  #key(parts: readonly KeyPart[], which: 'key' | 'hopefulKey', steps: readonly number[]): string {
    const keys = steps.map((index) => this.#steps[index]?.[which] ?? '');
    return keys.includes('') ? '' : keyOf(parts, keys);
  }
}

/** Taken from a stage or an image by what it is. */
function isCopied({ kind }: KeyPart): boolean {
  return kind === 'stage-content' || kind === 'image-content';
}
