/** A line of a builder's log, without what a terminal or a CI service put around it. */
export interface LogLine {
  readonly text: string;
  /** When it was written, in milliseconds since 1970; null where nobody noted that. */
  readonly time: number | null;
}

/** A line of JSON holds every step of a build; no other line that is looked at is near as long. */
export const longestLine = 1024 * 1024;

/**
 * Time stamps as CI services put them before each line: GitHub (`2024-05-01T12:34:56.1234567Z `, in `gh run view --log`
 * after the names of job and step) and GitLab (with `00O ` behind, a stream's number).
 */
const stamp =
  /^(?:[^\t]{0,256}\t[^\t]{0,256}\t)?\ufeff?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z) (?:[0-9a-f]{2}[OE][ +])?/;

/** Colours, cursor movements, titles (ECMA-48: CSI and OSC sequences). */
// oxlint-disable-next-line no-control-regex -- control sequences are what is taken out
const sequences = /\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?/g;

/** Cuts a log into lines. */
export function logLines(log: string): LogLine[] {
  const lines: LogLine[] = [];
  for (let start = 0; start < log.length;) {
    const newline = log.indexOf('\n', start);
    const end = newline === -1 ? log.length : newline;
    lines.push(logLine(log.slice(start, Math.min(end, start + longestLine))));
    start = end + 1;
  }
  return lines;
}

/** @param time when it came, where that is known better than from the line itself */
export function logLine(line: string, time: number | null = null): LogLine {
  const stamped = stamp.exec(line);
  const rest = stamped === null ? line : line.slice(stamped[0].length);
  // Only at the ends: a carriage return within a line is a command's progress bar, and what follows it is its output, too.
  const text = (rest.includes('\u001b') ? rest.replace(sequences, '') : rest).replace(/^\r+/, '').replace(/\r$/, '');
  return { text, time: time ?? (stamped?.[1] === undefined ? null : Date.parse(stamped[1])) };
}
