import type { BuildState } from './cache-case.ts';
import type { JudgedStep } from './judge.ts';
import type { Course } from './run-states.ts';

/** Everything that is needed to see why a model and a builder disagree: each state, and both statuses of each step. */
export function showCourse({ states }: Course, judged: readonly (readonly JudgedStep[])[]): string {
  return states.map((state, index) => showState(state, states[index - 1] ?? null, judged[index] ?? [])).join('\n');
}

function showState(state: BuildState, before: BuildState | null, judged: readonly JudgedStep[]): string {
  const { dockerfile, ...rest } = state;
  const known = before === null ? {} : { ...before };
  const news = Object.entries(rest).filter(([name, value]) => {
    const old = Object.entries(known).find(([each]) => each === name)?.[1];
    return JSON.stringify(old) !== JSON.stringify(value);
  });
  const rows = judged.map(({ line, text, model, builder, agrees }) =>
    [
      agrees ? ' ' : '!',
      String(line ?? '').padStart(4),
      (model ?? 'no step').padEnd(8),
      (builder ?? 'silent').padEnd(7),
      text,
    ].join(' '),
  );
  return [
    before === null ? '== first build' : '== then',
    ...(dockerfile === before?.dockerfile ? [] : [dockerfile]),
    // An archive is mostly zeros.
    ...news.map(([name, value]) => `${name}: ${JSON.stringify(value).replaceAll(/(?:\\u0000)+/g, '…')}`),
    '  line model    builder',
    ...rows,
  ].join('\n');
}
