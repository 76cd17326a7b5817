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
  throw new WrongSetting(place, `expected ${choices.join(', ')}, not ${described(value)}`);
}

export function boolean(place: Place, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new WrongSetting(place, `expected true or false, not ${described(value)}`);
}
