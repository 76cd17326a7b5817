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
    // Only copied content can turn out the same although other steps made it, or although it lay elsewhere.
    const awaited = parts.flatMap(({ kind, from }) => (isCopied(kind) ? [] : (from ?? [])));
    const hoped = parts.map((part) => (isCopied(part.kind) ? { ...part, value: '' } : part));
    const key = this.#key(parts, 'key', [...parents, ...taken]);
    // Hashing is most of what a commit of a long history costs, and where there is nothing to hope for both are the same.
    const sure =
      taken.length === 0 && !parts.some(({ kind }) => isCopied(kind)) && parents.every((index) => this.#isSure(index));
    const hopefulKey = sure ? key : this.#key(hoped, 'hopefulKey', [...parents, ...awaited]);
    return this.#steps.push({ ...step, role: 'step', key, hopefulKey }) - 1;
  }

  /** A stage that starts from another one's result has that result. */
  addAlias(step: UnkeyedStep, of: number): number {
    const original = this.#steps[of];
    if (original === undefined) return this.add(step);
    const { key, hopefulKey } = original;
    return this.#steps.push({ ...step, role: 'step', key, hopefulKey }) - 1;
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

/** Files of another stage, or of another image. */
function isCopied(kind: KeyPart['kind']): boolean {
  return kind === 'stage-content' || kind === 'image-content';
}
