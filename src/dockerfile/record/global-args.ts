import type { Dockerfile } from '../dockerfile.ts';
import { expandWord } from '../expand.ts';

/** The values of the arguments before the first FROM; those that are built in and given count, too. */
export function globalValues(
  { globalArgs, directives }: Dockerfile,
  buildArgs: ReadonlyMap<string, string>,
): ReadonlyMap<string, string | null> {
  const values = new Map<string, string | null>();
  for (const name of builtIn) {
    const given = buildArgs.get(name);
    if (given !== undefined) values.set(name, given);
  }
  for (const { arguments: parsed } of globalArgs) {
    if (parsed.form !== 'pairs') continue;
    for (const { name, value } of parsed.pairs) {
      const given = buildArgs.get(name);
      if (given !== undefined) values.set(name, given);
      else if (value !== null)
        values.set(
          name,
          expandWord(value, (key) => values.get(key), directives.escape),
        );
    }
  }
  return values;
}

/** Arguments that BuildKit gives every build (reference/dockerfile, "Automatic platform ARGs in the global scope"). */
const builtIn = ['TARGET', 'BUILD'].flatMap((side) => ['PLATFORM', 'OS', 'ARCH', 'VARIANT'].map((part) => side + part));
