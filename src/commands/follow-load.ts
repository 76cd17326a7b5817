import { PaceMeter } from '../pace.ts';
import type { ProgressUpdate } from '../progress.ts';
import type { OpenedImage } from '../sources/assemble.ts';
import type { KnownImage, LayerReading } from '../tui/model/known-image.ts';
import { type Model, openingModel, readingModel } from '../tui/model/model.ts';
import { Paths } from '../tui/tree/paths.ts';
import type { LoadWatcher } from './load-image.ts';

/** How often the screen follows a read, in milliseconds. */
const interval = 100;

/** Turns what is told of a load into models to show, the latest every so often. */
export interface LoadFollower {
  readonly watcher: LoadWatcher;
  /** Nothing more is shown. */
  readonly end: () => void;
}

/**
 * Follows the load of an image.
 * @param identify finds out what can be known of the image before its layers are read
 */
export function followLoad(
  reference: string,
  identify: (opened: OpenedImage) => Promise<KnownImage>,
  show: (model: Model) => void,
): LoadFollower {
  let known: KnownImage | null = null;
  const meter = new PaceMeter();
  let progress: ProgressUpdate = { what: 'opening', done: 0, total: null };
  // One for each stack: what a frame worked out of it serves the frames that follow.
  let paths: Paths | null = null;
  let reading: LayerReading[] = [];
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const showNow = (): void => {
    timer = undefined;
    if (isOver) return;
    show(known === null ? openingModel(reference, progress) : readingModel(reference, known, progress, paths, reading));
  };
  const showSoon = (): void => {
    timer ??= setTimeout(showNow, interval);
  };
  const identified = async (opened: OpenedImage): Promise<void> => {
    try {
      known = await identify(opened);
      showNow();
    } catch {
      // Whoever asks again when the layers are read gets the error, and tells it.
    }
  };
  return {
    watcher: {
      thread: 'aside',
      onProgress: (update) => {
        progress = { ...update, pace: meter.note(performance.now(), update.done, update.total) };
        showSoon();
      },
      onOpened: (opened) => {
        reading = opened.image.layers.map(({ blobBytes }) => ({ done: 0, total: blobBytes ?? 0 }));
        void identified(opened);
      },
      onLayerProgress: (layer, done, total) => {
        reading[layer] = { done, total };
      },
      onIndexed: (layer) => {
        reading[layer] = null;
        showSoon();
      },
      onStacked: (stacked) => {
        paths = new Paths(stacked, null);
        showSoon();
      },
    },
    end: () => {
      isOver = true;
      clearTimeout(timer);
    },
  };
}
