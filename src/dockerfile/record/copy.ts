import type { Instruction } from '../dockerfile.ts';
import { heredocOfWord } from '../heredoc.ts';
import type { StepRecord } from '../step-record.ts';
import { splitCommand } from '../split-command.ts';
import type { BuildState } from './build-state.ts';
import type { ExpectedRecord } from './expected-record.ts';

/** COPY and ADD. */
export function copyRecords(instruction: Instruction, state: BuildState): readonly ExpectedRecord[] {
  const { keyword } = instruction;
  switch (state.builder) {
    case 'buildkit':
      return buildkitTexts(instruction, state).map((text) => ({
        record: { kind: 'text', keyword, text },
        exact: true,
      }));
    case 'classic':
    case 'buildah':
      return hashed(instruction, state);
    case 'kaniko':
      return [{ record: { kind: 'text', keyword, text: splitCommand(instruction.line).afterKeyword }, exact: true }];
  }
}

/** Three flags are kept, in this order; early versions (Docker 20.10) keep none. The rest are dropped. */
function buildkitTexts(instruction: Instruction, state: BuildState): string[] {
  const words = expandedWords(instruction, state);
  if (words === null) return [];
  const { flags } = instruction;
  const value = (name: string): string[] => {
    const flag = flags.find((each) => each.name === name)?.value;
    if (flag === undefined || flag === null) return [];
    return [`--${name}=${state.expand(flag) ?? flag}`];
  };
  const parents = flags.some(({ name, value: on }) => name === 'parents' && on !== 'false') ? ['--parents'] : [];
  const sources = words.slice(0, -1);
  // Files come before here-documents, whatever their order in the line.
  const ordered = [...sources.filter((word) => !isHeredoc(word)), ...sources.filter(isHeredoc).map(heredocName)];
  const rest = [...ordered, words.at(-1) ?? ''].join(' ');
  const forms = [[...parents, ...value('chown'), ...value('chmod')], [...value('chown')], []];
  return [...new Set(forms.map((kept) => [...kept, rest].join(' ').trim()))];
}

function isHeredoc(word: string): boolean {
  return heredocOfWord(word) !== null;
}

function heredocName(word: string): string {
  return `<<${heredocOfWord(word)?.name ?? ''}`;
}

/** A here-document's word is not expanded. */
function expandedWords({ arguments: parsed }: Instruction, state: BuildState): string[] | null {
  if (parsed.form !== 'words' && parsed.form !== 'exec') return [];
  const words: string[] = [];
  for (const word of parsed.words) {
    const expanded = parsed.form === 'words' && isHeredoc(word) ? word : state.expand(word);
    if (expanded === null) return null;
    words.push(expanded);
  }
  return words;
}

/** The classic builder expands the destination; buildah leaves it as it is, except with `--link`. */
function hashed(instruction: Instruction, state: BuildState): readonly ExpectedRecord[] {
  const { arguments: parsed, keyword } = instruction;
  const words = parsed.form === 'words' || parsed.form === 'exec' ? parsed.words : [];
  const last = words.at(-1) ?? '';
  const expanded = state.expand(last);
  const destinations = state.builder === 'classic' ? [expanded] : [last, unquoted(last), expanded];
  const known = [...new Set(destinations.filter((each) => each !== null))];
  const sources = words.slice(0, -1);
  return known.flatMap((destination) =>
    kindsOf(sources).map((kind): ExpectedRecord => {
      const record: StepRecord = { kind: 'copy', keyword, sources: kind, destination };
      return { record, exact: false };
    }),
  );
}

function unquoted(word: string): string {
  return /^(["'])(.*)\1$/.exec(word)?.[2] ?? word;
}

/** One source without a wildcard is a file or a directory, several are `multi`, and a wildcard may be anything. */
function kindsOf(sources: readonly string[]): readonly ('file' | 'dir' | 'multi')[] {
  if (sources.length === 1 && !/[*?[$<]/.test(sources[0] ?? '')) return ['file', 'dir'];
  return sources.length > 1 && !sources.some((source) => /[*?[$<]/.test(source)) ? ['multi'] : ['file', 'dir', 'multi'];
}
