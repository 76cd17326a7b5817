import { closest } from '../text/closest.ts';
import { described } from '../text/described.ts';
import { type Place, WrongSetting } from './wrong-setting.ts';

type Mapping = Readonly<Record<string, unknown>>;

/** A mapping; what stands there without a value, as YAML has it when all below is commented out, is an empty one. */
export function mapping(place: Place, value: unknown): Mapping {
  if (value === null || value === undefined) return {};
  if (typeof value !== 'object' || Array.isArray(value))
    throw new WrongSetting(place, `expected a mapping, not ${described(value)}`);
  return value as Mapping;
}

/** A list; what stands there without a value is an empty one. */
export function list(place: Place, value: unknown): readonly unknown[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) throw new WrongSetting(place, `expected a list, not ${described(value)}`);
  return value;
}

/** A text that says something. @param wanted what the error says it should be */
export function textOf(place: Place, value: unknown, wanted: string): string {
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new WrongSetting(place, `expected ${wanted}, not ${described(value)}`);
}

/** Refuses the first key that is not known. @param hint what to say where no known one is near */
export function onlyKeys(place: Place, value: Mapping, known: readonly string[], hint: string): void {
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    const meant = closest(key, known);
    throw new WrongSetting([...place, key], `unknown key; ${meant === null ? hint : `did you mean ${meant}?`}`);
  }
}

export function oneOf<Choice extends string>(place: Place, value: unknown, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  const meant = typeof value === 'string' ? closest(value, choices) : null;
  const hint = meant === null ? '' : `; did you mean ${meant}?`;
  throw new WrongSetting(place, `expected ${choices.join(', ')}, not ${described(value)}${hint}`);
}

export function boolean(place: Place, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new WrongSetting(place, `expected true or false, not ${described(value)}`);
}
