import { mostSteps } from './bounds.ts';
import type { LogFormat, LogStep } from './build-log.ts';
import type { LogLine } from './log-line.ts';
import { parseVertexName } from './vertex-name.ts';

/** BuildKit's `--progress=plain`, as docker 20.10 and all since print it. */
export const plainFormat: LogFormat = {
  builder: 'buildkit',
  begins: (line) => /^#\d{1,6} \[/.test(line),
  read,
};

interface Vertex {
  readonly name: string;
  cached: boolean;
  seconds: number | null;
  over: boolean;
}

/**
 * The first line of a number names its step; the name is repeated where others were printed meanwhile. Output of commands
 * cannot be taken for the rest, as BuildKit puts its time before each of its lines.
 */
function read(lines: readonly LogLine[]): LogStep[] {
  const all: Vertex[] = [];
  let byNumber = new Map<string, Vertex>();
  for (const { text } of lines) {
    const found = /^#(\d{1,6}) (.*)$/.exec(text);
    if (found === null) continue;
    const [, number = '', rest = ''] = found;
    const known = byNumber.get(number);
    if (number === '0' || (known?.over === true && number === '1' && rest === known.name)) {
      // Another build's log follows: a script has several, and each counts from 1.
      byNumber = new Map();
    }
    const vertex = byNumber.get(number);
    if (vertex !== undefined) note(vertex, rest);
    else if (number !== '0' && all.length < mostSteps) {
      const begun = { name: rest, cached: false, seconds: null, over: false };
      all.push(begun);
      byNumber.set(number, begun);
    }
  }
  return all.flatMap(({ name, cached, seconds }) => {
    const step = parseVertexName(name);
    return step === null ? [] : [{ ...step, cached, seconds }];
  });
}

function note(vertex: Vertex, said: string): void {
  const done = /^DONE (\d{1,9}(?:\.\d{1,9})?)s$/.exec(said);
  if (done !== null) vertex.seconds = Number(done[1]);
  else if (said === 'CACHED') vertex.cached = true;
  else if (!said.startsWith('ERROR') && said !== 'CANCELED') return;
  vertex.over = true;
}
