import { readFileSync } from 'node:fs';
import { type BuildLog, type LogStep } from '../../src/builds/log/build-log.ts';
import { logLines } from '../../src/builds/log/log-line.ts';
import { parseBuildLog } from '../../src/builds/log/parse-build-log.ts';
import type { Dockerfile } from '../../src/dockerfile/dockerfile.ts';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';

/** What a real builder printed, or a Dockerfile it was given. */
export function fixtureText(name: string): string {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
}

export function fixtureDockerfile(name: string): Dockerfile {
  return parseDockerfile(fixtureText(name));
}

export function readLog(log: string): BuildLog {
  const read = parseBuildLog(logLines(log));
  if (read === null) throw new Error('no log');
  return read;
}

/** A line each: stage, number, text's first words, and what became of it. */
export function summary(steps: readonly LogStep[]): string[] {
  return steps.map(({ stage, platform, ordinal, total, text, cached, seconds }) =>
    [
      ...(platform === null ? [] : [platform]),
      stage ?? '-',
      `${ordinal}/${total ?? '?'}`,
      text.split(' ').slice(0, 2).join(' '),
      cached ? 'cached' : String(seconds),
    ].join(' '),
  );
}
