import type { HistoryEntry } from '../image/config.ts';

/** A step of a build as its history tells it, in the words of a Dockerfile as far as they can be had back. */
export interface HistoryStep {
  /** The instruction, upper case; null for what no Dockerfile made (`bazel build …`, a debootstrap script). */
  readonly keyword: string | null;
  /** What follows the keyword; the whole of `created_by` where there is none. Raw: not sanitised. */
  readonly text: string;
  /** Build arguments the step ran with, `NAME=value`, as one text: the history does not quote values. */
  readonly buildArgs: string | null;
}

const keywords = new Set(
  `ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME
  WORKDIR`.split(/\s+/),
);

/** Marks what is no command of its own in the classic builder's and buildah's histories. */
const nopMark = '#(nop) ';
const buildkitMark = '# buildkit';

/**
 * Reads one history entry of BuildKit, the classic builder, buildah or kaniko. They write the same step in four ways:
 * `RUN /bin/sh -c make # buildkit`, `/bin/sh -c make`, the same with a trailing `|force-mtime=…`, and `RUN make`.
 */
export function parseHistoryStep({ createdBy, comment, author }: HistoryEntry): HistoryStep {
  const text = createdBy.trim();
  const [first = '', rest = ''] = splitOnce(text);
  if (keywords.has(first)) {
    if (text.endsWith(buildkitMark)) return buildkitStep(first, rest.slice(0, -buildkitMark.length).trimEnd());
    return comment.startsWith('buildkit.')
      ? buildkitStep(first, rest)
      : { keyword: first, text: rest, buildArgs: null };
  }
  const nop = text.indexOf(nopMark);
  if (nop !== -1) return classicStep(text.slice(nop + nopMark.length).trim());
  // A RUN of the classic builder and of buildah is only its command line. kaniko, whose steps are always keywords,
  // signs as author, and so do tools that build without any shell.
  if (author !== 'kaniko' && commandLine.test(text)) return runStep(withoutBuildahMarks(text));
  return { keyword: null, text, buildArgs: null };
}

/** The start of a command line in a shell's `-c` form, or of one with build arguments. */
const commandLine = /^(?:\|\d+ |\/(?:usr\/)?bin\/[a-z]+ (?:-\S+ |pipefail )*-[a-z]*c |cmd \/S \/C |powershell )/;

/** buildah appends what else is in its cache key. */
function withoutBuildahMarks(text: string): string {
  let command = text;
  for (const mark of ['|force-mtime=', '|unsetLabel=']) {
    const at = command.lastIndexOf(mark);
    if (at > 0 && !/\s/.test(command.slice(at))) command = command.slice(0, at);
  }
  return command;
}

function classicStep(text: string): HistoryStep {
  const [keyword = '', rest = ''] = splitOnce(text);
  // `COPY file:<hash> in /dst`: the hash stands for sources that only the Dockerfile names.
  const copied = /^((?:--\S+ )*)((?:file|dir|multi):[a-f0-9]{12})[a-f0-9]* in (.*)$/s.exec(rest);
  const readable = copied === null ? rest : `${copied[1]}${copied[2]} ${copied[3]}`;
  return { keyword: keywords.has(keyword) ? keyword : null, text: readable.trim(), buildArgs: null };
}

function buildkitStep(keyword: string, text: string): HistoryStep {
  switch (keyword) {
    case 'RUN':
      return runStep(text);
    case 'CMD':
    case 'ENTRYPOINT':
      return { keyword, text: commaSeparated(text), buildArgs: null };
    case 'EXPOSE': {
      const ports = /^map\[(.*)\]$/.exec(text)?.[1]?.replaceAll(':{}', '') ?? /^\[(.*)\]$/.exec(text)?.[1];
      return { keyword, text: ports ?? text, buildArgs: null };
    }
    case 'VOLUME':
    case 'SHELL': {
      const words = /^\[(.*)\]$/s.exec(text)?.[1];
      return { keyword, text: words === undefined ? text : jsonWords(words.split(' ')), buildArgs: null };
    }
    case 'HEALTHCHECK':
      return { keyword, text: healthcheck(text), buildArgs: null };
    default:
      return { keyword, text, buildArgs: null };
  }
}

/** A command line with `|N NAME=value …` before it for N build arguments, and the default shell taken off. */
function runStep(text: string): HistoryStep {
  const withArgs = /^\|\d+ (.*?) ?(\/bin\/sh -c .*)$/s.exec(text);
  const buildArgs = withArgs?.[1] || null;
  const command = (withArgs?.[2] ?? text).replace(/^\/bin\/sh -c /, '');
  return { keyword: 'RUN', text: command.trim(), buildArgs };
}

/** BuildKit prints lists as Go does: `["a" "b"]`. */
function commaSeparated(text: string): string {
  const words = text.match(/"(?:[^"\\]|\\.)*"/gs);
  return text.startsWith('[') && words !== null ? `[${words.join(', ')}]` : text;
}

function jsonWords(words: readonly string[]): string {
  return `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
}

/** A longer one is not taken apart: the pattern below may take time in the square of its length. */
const longestHealthcheck = 1000;

/** `&{["CMD-SHELL" "…"] "5m0s" "3s" "0s" "0s" '\x03'}`: test, interval, timeout, start period, start interval, retries. */
function healthcheck(text: string): string {
  if (text.length > longestHealthcheck) return text;
  const parts = /^&\{(\[.*\]) (".*") '(.*)'\}$/s.exec(text);
  if (parts === null) return text;
  const [, test = '', times = ''] = parts;
  const flags = ['--interval', '--timeout', '--start-period', '--start-interval'];
  const values = times.match(/"[^"]*"/g) ?? [];
  const options = values
    .map((value, at) => [flags[at], value.slice(1, -1)] as const)
    .filter(([flag, value]) => flag !== undefined && value !== '0s')
    .map(([flag, value]) => `${flag}=${value} `);
  const words = (test.match(/"(?:[^"\\]|\\.)*"/gs) ?? []).map(unquote);
  if (words[0] === 'NONE') return 'NONE';
  const command = words[0] === 'CMD-SHELL' ? (words[1] ?? '') : jsonWords(words.slice(1));
  return `${options.join('')}CMD ${command}`;
}

function unquote(word: string): string {
  try {
    return String(JSON.parse(word));
  } catch {
    return word.slice(1, -1); // Go escapes what JSON does not know
  }
}

function splitOnce(text: string): string[] {
  const at = text.search(/\s/);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at).trimStart()];
}
