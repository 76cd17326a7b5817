/** Options of `layerscope build` itself, and whether each takes a value. All come before the builder's arguments. */
const own: ReadonlyMap<string, boolean> = new Map([
  ['--with', true],
  ['--report', true],
  ['--config', true],
  ['--json', false],
  ['--color', false],
  ['--no-color', false],
  ['--help', false],
  ['-h', false],
]);

export interface SplitArguments {
  readonly own: readonly string[];
  /** For the builder, as they are. */
  readonly builder: readonly string[];
}

/** Cuts the arguments of `layerscope build` where the builder's begin: at the first that is not our own, or after `--`. */
export function splitArguments(args: readonly string[]): SplitArguments {
  let at = 0;
  for (; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (arg === '--') return { own: args.slice(0, at), builder: args.slice(at + 1) };
    const takesValue = own.get(arg.replace(/^(--[^=]*)=.*$/s, '$1'));
    if (takesValue === undefined) break;
    if (takesValue && !arg.includes('=')) at++;
  }
  return { own: args.slice(0, at), builder: args.slice(at) };
}
