import type { Image } from '../../image/image.ts';
import type { ProgressUpdate } from '../../progress.ts';
import type { Report } from '../../report/report.ts';
import type { Paths } from '../tree/paths.ts';
import type { KnownImage, LayerReading } from './known-image.ts';
import { type LayerFacts, layerFacts } from './layer-facts.ts';
import { type Listing, makeListing } from './listing.ts';
import { WasteList } from './waste-list.ts';

/** All that there is to look at. It grows while the image is read; whatever is not known yet is null. */
export interface Model {
  /** As the user named it; not sanitised. */
  readonly reference: string;
  /** What is being done; null when everything is known. */
  readonly progress: ProgressUpdate | null;
  readonly image: Image | null;
  readonly layers: readonly LayerFacts[];
  /** Layers of the base image; null where nobody can tell. */
  readonly baseLayers: number | null;
  readonly paths: Paths | null;
  readonly listing: Listing | null;
  readonly waste: WasteList | null;
  readonly report: Report | null;
}

export function openingModel(reference: string, progress: ProgressUpdate): Model {
  const nothing = { image: null, baseLayers: null, paths: null, listing: null, waste: null, report: null };
  return { reference, progress, layers: [], ...nothing };
}

/**
 * An image whose layers are being read.
 * @param paths of the layers stacked so far; null before the first
 * @param reading by layer
 */
export function readingModel(
  reference: string,
  known: KnownImage,
  progress: ProgressUpdate,
  paths: Paths | null,
  reading: readonly LayerReading[],
): Model {
  const { image, mapping } = known;
  return {
    reference,
    progress,
    image,
    layers: layerFacts(known, { union: paths?.union ?? null, reading, report: null }),
    baseLayers: mapping.baseLayers,
    paths,
    listing: makeListing({ ...known, report: null }),
    waste: null,
    report: null,
  };
}

/** Everything. @param paths of all layers, content known */
export function finishedModel(reference: string, known: KnownImage, paths: Paths, report: Report): Model {
  return {
    reference,
    progress: null,
    image: known.image,
    layers: layerFacts(known, { union: paths.union, reading: [], report }),
    baseLayers: known.mapping.baseLayers,
    paths,
    listing: makeListing({ ...known, report }),
    waste: new WasteList(report.waste.files),
    report,
  };
}
