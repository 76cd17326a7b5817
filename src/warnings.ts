/** Odd but readable input, told in the report while the analysis goes on. `example` is fit to print. */
type Sentence = (count: number, example: string) => string;

const many = (count: number, one: string, more: string): string => (count === 1 ? `1 ${one}` : `${count} ${more}`);

const sentences = {
  'history-mismatch': (_, example) =>
    `The history does not fit the layers: ${example}. Layers left over have no history.`,
  'layer-absent': (count, example) =>
    `${many(count, 'layer is', 'layers are')} not in the image (foreign layers live elsewhere) and count as empty, first ${example}.`,
  'diff-id-mismatch': (_, example) =>
    `The configuration and the manifest disagree on the number of layers: ${example}.`,
  'dangling-whiteout': (count, example) =>
    `${many(count, 'whiteout deletes', 'whiteouts delete')} something that no lower layer has, first ${example}.`,
  'repeated-path': (count, example) =>
    `${many(count, 'entry repeats', 'entries repeat')} a path within one layer; the last one counts, first ${example}.`,
  'unsafe-path': (count, example) =>
    `${many(count, 'path is', 'paths are')} absolute or climb with ".."; kept inside the root, first ${example}.`,
  'unknown-entry-type': (count, example) =>
    `${many(count, 'entry has', 'entries have')} a type that tar does not define and ${count === 1 ? 'is' : 'are'} left out, first ${example}.`,
  'dangling-hardlink': (count, example) =>
    `${many(count, 'hard link points', 'hard links point')} to nothing, first ${example}.`,
  'hardlink-to-lower-layer': (count, example) =>
    `${many(count, 'hard link names', 'hard links name')} a file of a lower layer; overlayfs refuses such a layer, first ${example}.`,
  'symlinked-parent': (count, example) =>
    `${many(count, 'entry lies', 'entries lie')} below a symbolic link of a lower layer; it is followed here, overlayfs hides the link instead, first ${example}.`,
  'symlink-loop': (count, example) =>
    `${many(count, 'entry lies', 'entries lie')} below symbolic links that never end; the link is replaced by a directory, first ${example}.`,
  'parent-not-directory': (count, example) =>
    `${many(count, 'entry lies', 'entries lie')} below something that is no directory; it is replaced by one, first ${example}.`,
  'whiteout-after-name': (count, example) =>
    `${many(count, 'name stands', 'names stand')} beside its own whiteout in one layer; extractors disagree, it is kept here, first ${example}.`,
  'whiteout-device': (count, example) =>
    `${many(count, 'character device', 'character devices')} 0:0, which overlayfs takes for a deletion; a device here, first ${example}.`,
  'toc-unusable': (count, example) =>
    `${many(count, 'layer was', 'layers were')} read through, for the table of contents that came along is of no use: ${example}`,
  'missing-end-of-archive': (count, example) =>
    `${many(count, 'tar ends', 'tars end')} without the two zero blocks that close one, first ${example}.`,
  'lone-zero-block': (count, example) =>
    `${many(count, 'tar has', 'tars have')} a single zero block in the middle, first ${example}.`,
  'duplicate-archive-name': (count, example) =>
    `${many(count, 'name stands', 'names stand')} twice in the archive; the last one counts, first ${example}.`,
  'dockerfile-unknown-instruction': (count, example) =>
    `${many(count, 'instruction of the Dockerfile is', 'instructions of the Dockerfile are')} unknown to every builder and left out, first ${example}.`,
  'dockerfile-open-heredoc': (count, example) =>
    `${many(count, 'here-document', 'here-documents')} of the Dockerfile never end; the lines below are read as instructions, first ${example}.`,
  'dockerfile-before-from': (count, example) =>
    `${many(count, 'instruction stands', 'instructions stand')} before the first FROM and belong to no stage, first ${example}.`,
  'dockerfile-parser-gave-up': () => 'The Dockerfile is too long or too odd for its parser; it is read line by line.',
  'dockerfile-parser-differs': (count, example) =>
    `${many(count, 'instruction is', 'instructions are')} read by the builders' rules for lines, which its parser takes otherwise, first ${example}.`,
  'dockerfile-chain-cut': (_, example) => `The Dockerfile is too long to be mapped as a whole: ${example}.`,
  'dockerfile-too-long': (_, example) =>
    `The Dockerfile is too long for the rules about the cache, and they do not look at it: ${example}.`,
  'dockerfile-unknown-target': (_, example) => `The Dockerfile has no stage ${example}.`,
  'provenance-unreadable': (_, example) => `The provenance cannot be read and is not used: ${example}.`,
  'provenance-foreign': (_, example) => `The provenance tells of other layers than these: ${example}.`,
  'context-special-file': (count, example) =>
    `${many(count, 'file of the build context is', 'files of the build context are')} neither a regular file nor a link and left out, first ${example}.`,
  'context-name-not-text': (count, example) =>
    `${many(count, 'name', 'names')} in the build context cannot be read as UTF-8 text, first ${example}.`,
  'timings-foreign': (_, example) =>
    `The log tells of another Dockerfile's build than this one: none of its ${example} is in it.`,
  'context-unknown-before': (count, example) =>
    `${many(count, 'path', 'paths')} of the build context, first ${example}: git is told to ignore ${count === 1 ? 'it' : 'them'}, so nobody knows what was there before. They count as unchanged.`,
} as const satisfies Record<string, Sentence>;

export type WarningCode = keyof typeof sentences;

/** Whether something that was read is one of the codes. */
export function isWarningCode(value: unknown): value is WarningCode {
  return typeof value === 'string' && Object.hasOwn(sentences, value);
}

/** One line of a report's `warnings`. */
export interface Warning {
  readonly code: WarningCode;
  readonly message: string;
}

/** How often something odd was seen, and where first. Plain data: a worker can send it. */
export interface Oddity {
  readonly code: WarningCode;
  readonly count: number;
  readonly example: string;
}

/** Counts oddities by code, so that a million of one kind make one warning. */
export class OddityTally {
  private readonly seen = new Map<WarningCode, { count: number; example: string }>();

  /** @param example names the place; called only for the first of its kind */
  note(code: WarningCode, example: () => string, count = 1): void {
    const known = this.seen.get(code);
    if (known === undefined) this.seen.set(code, { count, example: example() });
    else known.count += count;
  }

  list(): Oddity[] {
    return [...this.seen].map(([code, { count, example }]) => ({ code, count, example }));
  }
}

/** The sentence for an oddity. */
export function toWarning({ code, count, example }: Oddity): Warning {
  return { code, message: sentences[code](count, example) };
}
