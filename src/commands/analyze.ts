import type { CommandModule } from 'yargs';
import { analyze } from '../analysis/analysis.ts';
import { Contents } from '../analysis/content.ts';
import { hashWishes } from '../analysis/hash-wishes.ts';
import { hashContents } from '../layer/hash-contents.ts';
import { buildReport } from '../report/build-report.ts';
import type { Report } from '../report/report.ts';
import { toWarning } from '../warnings.ts';
import type { Host } from './host.ts';
import { type LoadedImage, loadImage, readableLayer } from './load-image.ts';
import { createProgressLine } from './progress-line.ts';
import { type ReportRequest, parseReportRequests, writeReports } from './write-reports.ts';
import { type ImageArguments, imageOptions, reportOptions, type ReportArguments } from './options.ts';
import { version } from './version.ts';

type Arguments = ImageArguments & ReportArguments;

/** `layerscope analyze IMAGE`, and `layerscope IMAGE`. */
export function analyzeCommand(host: Host): CommandModule<object, Arguments> {
  return {
    command: ['analyze <image>', '$0 <image>'],
    describe: 'Where the bytes of an image are, and which are wasted',
    builder: (yargs) => reportOptions(imageOptions(yargs)),
    handler: async (args) => {
      const requests: ReportRequest[] = parseReportRequests(args);
      const progress = createProgressLine(host, args.quiet);
      let report: Report;
      try {
        report = reportOf(await loadImage(host, args, progress.onProgress));
      } finally {
        progress.clear();
      }
      await writeReports(host, report, requests, args.color);
    },
  };
}

function reportOf(loaded: LoadedImage): Report {
  const { image, union, scanned, contents, digests } = loaded;
  hashWishes(union).forEach((rows, layer) => {
    const into = digests[layer];
    if (into !== undefined && rows.length > 0) hashContents(readableLayer(loaded, layer), rows, into);
  });
  const analysis = analyze(union, new Contents(union.layers, digests));
  const facts = scanned.map(({ compression, index }, layer) => ({
    compression,
    tarBytes: contents[layer]?.kind === 'absent' ? null : index.tarBytes,
    entryCount: index.count,
  }));
  const oddities = [...loaded.oddities, ...scanned.flatMap(({ index }) => index.oddities), ...union.oddities];
  return buildReport({ version, image, facts, analysis, warnings: oddities.map(toWarning) });
}
