import { setImmediate as untilIdle } from 'node:timers/promises';
import { findIgnored } from '../analysis/ignored-content.ts';
import type { Config } from '../config/config.ts';
import type { Report } from '../report/report.ts';
import type { OpenedImage } from '../sources/assemble.ts';
import { bind } from '../tui/keys/bindings.ts';
import type { KnownImage } from '../tui/model/known-image.ts';
import { finishedModel, type Model, openingModel, readingModel } from '../tui/model/model.ts';
import type { Tui, TuiOptions } from '../tui/open-tui.tsx';
import type { Keyboard } from '../tui/screen.ts';
import type { Event } from '../tui/state/event.ts';
import { openTerminal } from '../tui/terminal.ts';
import { chooseTheme } from '../tui/theme.ts';
import { Paths } from '../tui/tree/paths.ts';
import { analyzeCache } from './analyze-cache.ts';
import type { AnalyzedCache } from './cache/analyze-build.ts';
import { analyzeImage, hashImage } from './analyze-image.ts';
import type { BuildPlaceArguments, DockerfileArguments } from './dockerfile-options.ts';
import { performEffect } from './effects/perform.ts';
import { followLoad } from './follow-load.ts';
import { type Host, takesColors } from './host.ts';
import { endNow, interrupted, interruptible } from './interrupt.ts';
import { type ImageOptions, type LoadedImage, withContent } from './load-image.ts';
import { type MappedImage, mapImage } from './map-image.ts';
import { stopJob } from './stop-job.ts';

/** What the screen is opened with. */
export interface OnScreenOptions {
  readonly args: ImageOptions & DockerfileArguments & BuildPlaceArguments;
  readonly keyboard: Keyboard;
  readonly color: boolean;
  readonly config: Config;
}

/** Which image, and how it is looked at. */
type Wanted = Pick<OnScreenOptions, 'args' | 'config'>;

/**
 * Analyses an image on the screen: what is known of it is shown while the rest is being read.
 * @throws LayerscopeError if the image cannot be read; the terminal is as it was by then
 */
export async function analyzeOnScreen(host: Host, options: OnScreenOptions): Promise<void> {
  const { openTui } = await import('../tui/open-tui.tsx');
  const { args, keyboard, color, config } = options;
  // What commands know of the streams is less than what they are.
  const output = host.stdout as NodeJS.WriteStream;
  const screen = openTerminal({
    input: keyboard,
    output,
    mouse: config.tui.mouse,
    stop: (resumed) => stopJob(host, resumed),
  });
  await interruptible(
    host,
    () => screen.restore(),
    async () => {
      try {
        await runOnScreen(host, options, (perform) =>
          openTui({
            screen,
            output,
            bindings: bind(config.tui.keys),
            theme: chooseTheme(config.tui.theme, host.env, color && takesColors(host, host.stdout)),
            model: openingModel(args.image, { what: 'opening', done: 0, total: null }),
            perform,
          }),
        );
      } finally {
        screen.restore();
      }
    },
  );
}

/** Runs the UI until the user is done with it. @param open opens it on a screen that somebody else restores */
async function runOnScreen(host: Host, wanted: Wanted, open: (perform: TuiOptions['perform']) => Tui): Promise<void> {
  let perform: TuiOptions['perform'] = stillReading;
  const tui = open((effect) => perform(effect));
  let isLoaded = false;
  const work = analyzeFor(host, wanted, tui, async (loaded, report) => {
    perform = (effect) => performEffect({ host, loaded, report, copy: tui.copy }, effect);
    isLoaded = true;
    await tui.done;
  });
  try {
    const how = await Promise.race([work.then(() => tui.done), tui.done]);
    // As without the screen: whoever started this must not take it for done.
    if (how === 'interrupt') return endNow(host, interrupted);
    // Whoever quits does not wait for the rest of the image.
    if (!isLoaded) return endNow(host, 0);
    await work;
  } finally {
    tui.close();
  }
}

async function stillReading(): Promise<Event> {
  return { kind: 'told', message: { text: 'The image is still being read.', tone: 'info' } };
}

/** Loads and analyses the image, showing what is known by and by. @param use ends when the image is no longer needed */
async function analyzeFor(
  host: Host,
  { args, config }: Wanted,
  { show }: Tui,
  use: (loaded: LoadedImage, report: Report) => Promise<void>,
): Promise<void> {
  let mapped: Promise<MappedImage> | null = null;
  const identify = async (opened: OpenedImage): Promise<KnownImage> => {
    mapped ??= mapImage(host, opened, args);
    return { image: opened.image, ...(await mapped) };
  };
  const follower = followLoad(args.image, identify, show);
  try {
    await withContent(host, args, follower.watcher, async (loaded) => {
      const known = await identify(loaded);
      follower.end();
      const cached = await analyzeCache(host, loaded, await (mapped ?? mapImage(host, loaded, args)), args, config);
      const { report, model } = await analyze(loaded, known, cached, config, show);
      show(model);
      await use(loaded, report);
    });
  } finally {
    follower.end();
  }
}

/** The long steps, with time for a frame before each. */
async function analyze(
  loaded: LoadedImage,
  known: KnownImage,
  cached: AnalyzedCache,
  config: Config,
  show: (model: Model) => void,
): Promise<{ report: Report; model: Model }> {
  const { reference } = loaded.image;
  const paths = new Paths(loaded.union, null);
  const say = async (what: string): Promise<void> => {
    show(readingModel(reference, known, { what, done: 0, total: null }, paths, []));
    await untilIdle();
    await untilIdle();
  };
  await say('comparing contents');
  const contents = hashImage(loaded);
  await say('analyzing');
  const report = analyzeImage(loaded, contents, known, cached, config);
  const hashed = paths.withContents(contents, findIgnored(loaded.union, config.ignore));
  return { report, model: finishedModel(reference, known, hashed, report) };
}
