import type { Dockerfile, Stage } from '../../dockerfile/dockerfile.ts';

/** Lines that write files; all others end up in the image's configuration, or decide what those do. */
const files = new Set(['RUN', 'COPY', 'ADD']);

/**
 * Whether every stage sets the same things in its configuration, in the same order where order counts: for each keyword,
 * the same lines one after the other. Labels are a map, and may change places.
 */
export function sameConfiguration(a: Dockerfile, b: Dockerfile): boolean {
  return (
    a.stages.length === b.stages.length &&
    JSON.stringify(a.directives) === JSON.stringify(b.directives) &&
    sameLines(a.globalArgs, b.globalArgs) &&
    a.stages.every((stage, at) => sameStage(stage, b.stages[at]))
  );
}

function sameStage(a: Stage, b: Stage | undefined): boolean {
  return b !== undefined && JSON.stringify(settings(a)) === JSON.stringify(settings(b));
}

function settings({ instructions }: Stage): unknown {
  const byKeyword = new Map<string, string[]>();
  for (const { keyword, line } of instructions) {
    if (!files.has(keyword)) byKeyword.set(keyword, [...(byKeyword.get(keyword) ?? []), line.trim()]);
  }
  byKeyword.get('LABEL')?.sort();
  return [...byKeyword].sort(([a], [b]) => (a < b ? -1 : 1));
}

function sameLines(a: Dockerfile['globalArgs'], b: Dockerfile['globalArgs']): boolean {
  return a.length === b.length && a.every(({ line }, at) => line === b[at]?.line);
}
