import type { LogFormat, LogStep } from './build-log.ts';
import type { LogLine } from './log-line.ts';
import { numberedSteps } from './numbered-steps.ts';

/** buildah and podman: `[1/2] STEP 3/7: RUN make`, `--> Using cache 6dc6…`; before buildah 1.20 without totals. */
export const buildahFormat: LogFormat = {
  builder: 'buildah',
  begins: (line) => /^(?:\[\d{1,6}\/\d{1,6}\] )?STEP 1(?:\/\d{1,6})?: /.test(line),
  read,
};

function read(lines: readonly LogLine[]): LogStep[] {
  return numberedSteps(lines, {
    header: (line) => {
      const found = /^(?:\[(\d{1,6})\/\d{1,6}\] )?STEP (\d{1,6})(?:\/(\d{1,6}))?: (.*)$/.exec(line);
      if (found === null) return null;
      const [, stage, ordinal, total, text = ''] = found;
      return {
        stage: stage === undefined ? null : String(Number(stage) - 1),
        ordinal: Number(ordinal),
        total: total === undefined ? null : Number(total),
        text,
      };
    },
    usesCache: (line) => line.startsWith('--> Using cache '),
    // With --iidfile no IDs are printed; the last step of all is then over when the image is there.
    ends: (line) => /^(?:--> [0-9a-f]{11,64}$|Successfully tagged |(?:\[\d{1,6}\/\d{1,6}\] )?COMMIT(?: |$))/.test(line),
  });
}
