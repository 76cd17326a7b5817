import type { TuiConfig } from '../config/config.ts';
import type { Union } from '../filesystem/union.ts';
import type { OpenedImage } from '../sources/assemble.ts';
import type { ProgressUpdate } from '../progress.ts';
import { bind } from '../tui/keys/bindings.ts';
import { finishedModel, type KnownImage, type LayerReading, openingModel, readingModel } from '../tui/model/model.ts';
import type { Keyboard } from '../tui/screen.ts';
import { openTerminal } from '../tui/terminal.ts';
import { chooseTheme } from '../tui/theme.ts';
import { analyzeImage, hashImage } from './analyze-image.ts';
import type { DockerfileArguments } from './dockerfile-options.ts';
import { performEffect } from './effects/perform.ts';
import { type Host, takesColors } from './host.ts';
import { endNow, interruptible } from './interrupt.ts';
import { type ImageOptions, type LoadedImage, type LoadWatcher, withContent } from './load-image.ts';
import { mapImage } from './map-image.ts';

/** How often the screen follows a read, in milliseconds. */
const interval = 100;

export interface OnScreenOptions {
  readonly args: ImageOptions & DockerfileArguments;
  readonly keyboard: Keyboard;
  readonly color: boolean;
  readonly config: TuiConfig;
}

/**
 * Analyses an image on the screen: what is known of it is shown while the rest is being read.
 * @throws LayerscopeError if the image cannot be read; the terminal is as it was by then
 */
export async function analyzeOnScreen(host: Host, { args, keyboard, color, config }: OnScreenOptions): Promise<void> {
  // Before React is loaded: its development build is several times slower.
  process.env['NODE_ENV'] ??= 'production';
  const { copied, openTui } = await import('../tui/open-tui.tsx');
  const output = host.stdout as NodeJS.WriteStream;
  const screen = openTerminal({ input: keyboard, output, mouse: config.mouse, stop: host.stop });
  await interruptible(host, screen.restore, async () => {
    let perform: (effect: Parameters<typeof performEffect>[1]) => ReturnType<typeof performEffect> = async () => ({
      kind: 'told',
      message: { text: 'The image is still being read.', tone: 'info' },
    });
    const tui = openTui({
      screen,
      output,
      bindings: bind(config.keys),
      theme: chooseTheme(config.theme, host.env, color && takesColors(host, host.stdout)),
      model: openingModel(args.image, { what: 'opening', done: 0, total: null }),
      perform: (effect) => perform(effect),
    });
    let isLoaded = false;
    const work = withContent(host, args, follow(host, args, tui.show), async (loaded) => {
      const known = await knownImage(host, loaded, args);
      const { report, model } = await finish(loaded, known, tui.show);
      perform = (effect) =>
        performEffect({ host, loaded, report, copy: (text, what) => copied(screen, text, what) }, effect);
      isLoaded = true;
      tui.show(model);
      await tui.done;
    });
    try {
      // Nobody waits for a read whose result nobody wants.
      await Promise.race([work, tui.done]);
      if (!isLoaded) endNow(host, 0);
      await work;
    } finally {
      tui.close();
      screen.restore();
    }
  });
}
