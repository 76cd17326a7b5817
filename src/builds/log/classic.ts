import type { LogFormat, LogStep } from './build-log.ts';
import type { LogLine } from './log-line.ts';
import { numberedSteps } from './numbered-steps.ts';

/** Docker's classic builder: `Step 3/7 : RUN make`, ` ---> Using cache`. */
export const classicFormat: LogFormat = {
  builder: 'classic',
  begins: (line) => /^Step 1\/\d{1,6} : /.test(line),
  read,
};

function read(lines: readonly LogLine[]): LogStep[] {
  return numberedSteps(lines, {
    header: (line) => {
      const found = /^Step (\d{1,6})\/(\d{1,6}) : (.*)$/.exec(line);
      if (found === null) return null;
      return { stage: null, ordinal: Number(found[1]), total: Number(found[2]), text: found[3] ?? '' };
    },
    usesCache: (line) => line === ' ---> Using cache',
    ends: (line) => /^ ---> [0-9a-f]{12}$/.test(line),
  });
}
