import type { Instruction } from '../../dockerfile/dockerfile.ts';
import { heredocOfWord } from '../../dockerfile/heredoc.ts';

/** What COPY or ADD says. Nothing is expanded. */
export interface CopyWords {
  /** Here-documents left out. */
  readonly sources: readonly string[];
  readonly destination: string;
}

/** The words of COPY or ADD. */
export function copyWords({ arguments: parsed }: Instruction): CopyWords {
  const words = parsed.form === 'words' || parsed.form === 'exec' ? parsed.words : [];
  const sources = words.slice(0, -1);
  return {
    sources: parsed.form === 'exec' ? sources : sources.filter((word) => heredocOfWord(word) === null),
    destination: words.at(-1) ?? '',
  };
}

/** The value of a flag as written; null where it is not there or has none. */
export function flagValue({ flags }: Instruction, name: string): string | null {
  return flags.findLast((flag) => flag.name === name)?.value ?? null;
}

/** All values of a flag that may be repeated. */
export function flagValues({ flags }: Instruction, name: string): readonly string[] {
  return flags.flatMap((flag) => (flag.name === name ? (flag.value ?? []) : []));
}

/** Whether a flag without a value is there, or `=true`. */
export function isSet({ flags }: Instruction, name: string): boolean {
  const flag = flags.findLast((each) => each.name === name);
  return flag !== undefined && flag.value !== 'false';
}
