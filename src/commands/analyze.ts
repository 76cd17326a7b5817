import { cwd } from 'node:process';
import type { Argv, CommandModule } from 'yargs';
import type { Config } from '../config/config.ts';
import { loadOwnConfig } from '../config/load-config.ts';
import type { Outline } from '../report/outline.ts';
import type { Report } from '../report/report.ts';
import { openKeyboard } from '../tui/terminal.ts';
import { analyzeCache } from './analyze-cache.ts';
import { analyzeImage, hashImage, outlineImage } from './analyze-image.ts';
import {
  type BuildPlaceArguments,
  buildPlaceOptions,
  type DockerfileArguments,
  dockerfileOptions,
} from './dockerfile-options.ts';
import type { Host } from './host.ts';
import { loadImage, openRequested } from './load-image.ts';
import { mapImage } from './map-image.ts';
import {
  type ConfigArguments,
  configOption,
  type ImageArguments,
  imageOptions,
  type MetadataArguments,
  metadataOption,
  type ReportArguments,
  reportOptions,
  type TuiArguments,
  tuiOptions,
} from './options.ts';
import { createProgressLine } from './progress-line.ts';
import { screenObstacle, wantsScreen } from './wants-screen.ts';
import { parseOutlineRequests, parseReportRequests, type ReportRequest, writeReports } from './write-reports.ts';

type Arguments = ImageArguments &
  ReportArguments &
  DockerfileArguments &
  BuildPlaceArguments &
  TuiArguments &
  ConfigArguments &
  MetadataArguments;

/** `layerscope analyze IMAGE`, and `layerscope IMAGE`. */
export function analyzeCommand(host: Host): CommandModule<object, Arguments> {
  return {
    command: ['analyze <image>', '$0 <image>'],
    describe: 'Where the bytes of an image are, which are wasted, and by which line',
    builder: (yargs): Argv<Arguments> =>
      configOption(
        metadataOption(tuiOptions(buildPlaceOptions(dockerfileOptions(reportOptions(imageOptions(yargs)))))),
      ),
    handler: async (args) => {
      const { 'metadata-only': isOutline } = args;
      const outlines = isOutline ? parseOutlineRequests(args) : [];
      const requests = isOutline ? [] : parseReportRequests(args);
      const { config } = await loadOwnConfig(cwd(), args.config ?? null);
      if (isOutline) return printOutlines(host, args, outlines);
      if (!wantsScreen(host, args)) return printReports(host, args, requests, config);
      const keyboard = openKeyboard(host.stdin);
      const obstacle = keyboard === null ? 'there is no keyboard' : screenObstacle(host);
      if (keyboard === null || obstacle !== null) {
        if (!args.quiet) host.stderr.write(`layerscope: ${obstacle}: the report instead of the terminal UI\n`);
        return printReports(host, args, requests, config);
      }
      // React and Ink take a third of a second to load: only whoever looks at the screen waits for that.
      const { analyzeOnScreen } = await import('./analyze-on-screen.ts');
      const tui = { ...config.tui, mouse: args.mouse ?? config.tui.mouse };
      return analyzeOnScreen(host, { args, keyboard, color: args.color, config: { ...config, tui } });
    },
  };
}

async function printReports(
  host: Host,
  args: Arguments,
  requests: readonly ReportRequest[],
  config: Config,
): Promise<void> {
  const progress = createProgressLine(host, args.quiet);
  let report: Report;
  try {
    const loaded = await loadImage(host, args, progress);
    const mapped = await mapImage(host, loaded, args);
    const cached = await analyzeCache(host, loaded, mapped, args, config);
    report = analyzeImage(loaded, hashImage(loaded), mapped, cached, config);
  } finally {
    progress.clear();
  }
  await writeReports(host, requests, args.color, report);
}

/** Of an image whose layers are not read. */
async function printOutlines(host: Host, args: Arguments, requests: readonly ReportRequest<Outline>[]): Promise<void> {
  const progress = createProgressLine(host, args.quiet);
  let outline: Outline;
  try {
    const opened = await openRequested(host, args, progress);
    const mapped = await mapImage(host, opened, args).finally(opened.close);
    outline = outlineImage(opened, mapped);
  } finally {
    progress.clear();
  }
  await writeReports(host, requests, args.color, outline);
}
