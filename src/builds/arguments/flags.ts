/** How a program takes its options, as far as one has to know to tell values from arguments. */
export interface FlagGrammar {
  /** Long options that take no value behind them, `--no-cache`; all others do. */
  readonly booleans: ReadonlySet<string>;
  /** What one letter stands for. */
  readonly letters: ReadonlyMap<string, string>;
}

export interface ParsedFlags {
  /** All values of an option, in order; `''` of one that takes none. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly positionals: readonly string[];
}

/**
 * Takes a command line apart by the rules of pflag, which docker, podman and buildah all have: `--name value`,
 * `--name=value`, `-n value`, `-nvalue`, `-n=value`, letters without values before one with (`-qt name`), options among
 * arguments, and none after `--`. An option that the grammar does not know takes a value, as most do.
 */
export function parseFlags(args: readonly string[], { booleans, letters }: FlagGrammar): ParsedFlags {
  const values = new Map<string, string[]>();
  const positionals: string[] = [];
  const add = (name: string, value: string): void => {
    const known = values.get(name);
    if (known === undefined) values.set(name, [value]);
    else known.push(value);
  };
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (arg === '--') {
      positionals.push(...args.slice(at + 1));
      break;
    }
    if (arg.startsWith('--')) {
      const equals = arg.indexOf('=');
      const name = arg.slice(2, equals === -1 ? undefined : equals);
      if (equals !== -1) add(name, arg.slice(equals + 1));
      else add(name, booleans.has(name) ? '' : (args[++at] ?? ''));
    } else if (arg.startsWith('-') && arg !== '-') {
      for (let letter = 1; letter < arg.length; letter++) {
        const name = letters.get(arg.charAt(letter)) ?? arg.charAt(letter);
        const rest = arg.slice(letter + 1);
        if (booleans.has(name) && !rest.startsWith('=')) {
          add(name, '');
          continue;
        }
        add(name, rest === '' ? (args[++at] ?? '') : rest.replace(/^=/, ''));
        break;
      }
    } else {
      positionals.push(arg);
    }
  }
  return { values, positionals };
}
