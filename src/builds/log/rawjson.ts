import * as v from 'valibot';
import { mostSteps } from './bounds.ts';
import type { LogFormat, LogStep } from './build-log.ts';
import type { LogLine } from './log-line.ts';
import { parseVertexName } from './vertex-name.ts';

/** BuildKit's `--progress=rawjson`: a JSON object a line, each with what became of some vertices of its graph. */
export const rawJsonFormat: LogFormat = { builder: 'buildkit', begins: (line) => parseLine(line).length > 0, read };

const time = v.pipe(
  v.nullish(v.string(), ''),
  v.transform((text) => {
    const milliseconds = Date.parse(text);
    return Number.isNaN(milliseconds) ? null : milliseconds;
  }),
);
const vertexSchema = v.object({
  digest: v.string(),
  name: v.nullish(v.string(), ''),
  started: time,
  completed: time,
  cached: v.nullish(v.boolean(), false),
  error: v.nullish(v.string(), ''),
});
const lineSchema = v.object({ vertexes: v.nullish(v.array(vertexSchema), []) });

type Update = v.InferOutput<typeof vertexSchema>;

interface Vertex {
  readonly name: string;
  cached: boolean;
  failed: boolean;
  /** By their starts: BuildKit asks for a vertex's key first, which may mean to read files, and for its result later. */
  readonly runs: Map<number, number>;
}

/** One vertex is asked for a few times. */
const mostRuns = 64;

function parseLine(line: string): readonly Update[] {
  if (!line.startsWith('{') || !line.includes('"vertexes"')) return [];
  try {
    const parsed = v.safeParse(lineSchema, JSON.parse(line));
    return parsed.success ? parsed.output.vertexes : [];
  } catch {
    return [];
  }
}

function read(lines: readonly LogLine[]): LogStep[] {
  const vertices = new Map<string, Vertex>();
  for (const { text } of lines) {
    for (const update of parseLine(text)) {
      const known = vertices.get(update.digest);
      if (known === undefined && vertices.size >= mostSteps) continue;
      const vertex = known ?? { name: update.name, cached: false, failed: false, runs: new Map() };
      vertices.set(update.digest, vertex);
      if (update.cached) vertex.cached = true;
      if (update.error !== '') vertex.failed = true;
      if (update.started !== null && (vertex.runs.size < mostRuns || vertex.runs.has(update.started)))
        vertex.runs.set(update.started, update.completed ?? Number.NaN);
    }
  }
  return linked([...vertices.values()].filter(({ runs }) => runs.size > 0));
}

/** What `COPY --link` is called where what it copied is put on top of the rest. */
const link = /^LINK (?=COPY |ADD )/;

/**
 * `COPY --link` is two vertices, the copy and the merge. The copy is what the cache is asked for; it is looked at alone
 * where it was, and so is the merge where that was cached and the copy never asked for.
 */
function linked(vertices: readonly Vertex[]): LogStep[] {
  const merges: { readonly step: LogStep; readonly vertex: Vertex }[] = [];
  const steps: LogStep[] = [];
  for (const vertex of vertices) {
    const step = toStep(vertex);
    if (step === null) continue;
    if (link.test(step.text)) merges.push({ step: { ...step, text: step.text.replace(link, '') }, vertex });
    else steps.push(step);
  }
  for (const { step, vertex } of merges) {
    const at = steps.findIndex((copy) => isSame(copy, step));
    const copy = steps[at];
    if (copy === undefined) steps.push(step);
    else if (copy.seconds !== null) steps[at] = { ...copy, seconds: round(copy.seconds + (secondsOf(vertex) ?? 0)) };
  }
  return steps;
}

function isSame(one: LogStep, other: LogStep): boolean {
  return (
    one.stage === other.stage &&
    one.ordinal === other.ordinal &&
    one.platform === other.platform &&
    one.text === other.text
  );
}

function toStep(vertex: Vertex): LogStep | null {
  const step = parseVertexName(vertex.name);
  if (step === null) return null;
  return { ...step, cached: vertex.cached, seconds: vertex.cached ? null : secondsOf(vertex) };
}

/** All runs together; null where one did not end well. */
function secondsOf({ runs, failed }: Vertex): number | null {
  if (failed) return null;
  let total = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const [start, end] of [...runs].sort(([one], [other]) => one - other)) {
    if (Number.isNaN(end)) return null;
    total += Math.max(0, end - Math.max(start, until));
    until = Math.max(until, end);
  }
  return round(total / 1000);
}

/** To what the log knows: times are read to the millisecond. */
function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
