import type { Argv, CommandModule } from 'yargs';
import type { Report } from '../report/report.ts';
import { analyzeImage, hashImage } from './analyze-image.ts';
import { type DockerfileArguments, dockerfileOptions } from './dockerfile-options.ts';
import type { Host } from './host.ts';
import { loadImage } from './load-image.ts';
import { mapImage } from './map-image.ts';
import { type ImageArguments, imageOptions, reportOptions, type ReportArguments } from './options.ts';
import { createProgressLine } from './progress-line.ts';
import { type ReportRequest, parseReportRequests, writeReports } from './write-reports.ts';

type Arguments = ImageArguments & ReportArguments & DockerfileArguments;

/** `layerscope analyze IMAGE`, and `layerscope IMAGE`. */
export function analyzeCommand(host: Host): CommandModule<object, Arguments> {
  return {
    command: ['analyze <image>', '$0 <image>'],
    describe: 'Where the bytes of an image are, which are wasted, and by which line',
    builder: (yargs): Argv<Arguments> => dockerfileOptions(reportOptions(imageOptions(yargs))),
    handler: async (args) => {
      const requests: ReportRequest[] = parseReportRequests(args);
      const progress = createProgressLine(host, args.quiet);
      let report: Report;
      try {
        const loaded = await loadImage(host, args, progress);
        report = analyzeImage(loaded, hashImage(loaded), await mapImage(host, loaded, args));
      } finally {
        progress.clear();
      }
      await writeReports(host, report, requests, args.color);
    },
  };
}
