import { createPaint } from '../../src/report/paint.ts';
import type { ReportContext } from '../../src/report/report-context.ts';

/** Of a report in a file, of a Dockerfile that lies in the root of its repository. */
export const inFile: ReportContext = { width: 100, paint: createPaint(false), repositoryPath: (file) => file };
