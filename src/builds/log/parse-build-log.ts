import { buildahFormat } from './buildah.ts';
import type { BuildLog, LogFormat } from './build-log.ts';
import { classicFormat } from './classic.ts';
import type { LogLine } from './log-line.ts';
import { plainFormat } from './plain.ts';
import { rawJsonFormat } from './rawjson.ts';

const formats: readonly LogFormat[] = [rawJsonFormat, plainFormat, classicFormat, buildahFormat];

/**
 * Reads the log of a build, in whatever format it turns out to be: the first that begins, as a builder's own lines come
 * before the output of its steps, which may be another build's log. Null where there are no steps in it.
 */
export function parseBuildLog(lines: readonly LogLine[]): BuildLog | null {
  for (const { text } of lines) {
    const format = formats.find(({ begins }) => begins(text));
    if (format === undefined) continue;
    const steps = format.read(lines);
    return steps.length === 0 ? null : { builder: format.builder, steps };
  }
  return null;
}
