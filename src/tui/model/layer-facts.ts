import { entrySummary } from '../../dockerfile/rebuild.ts';
import type { MappedInstruction } from '../../dockerfile/mapping.ts';
import type { Union } from '../../filesystem/union.ts';
import type { Report } from '../../report/report.ts';
import type { KnownImage, LayerReading } from './known-image.ts';

/** A layer as the list of layers shows it. */
export interface LayerFacts {
  readonly index: number;
  readonly origin: 'base' | 'own' | 'unknown';
  /** The step that made it, on one line, fit to print. */
  readonly step: string;
  readonly instruction: MappedInstruction | null;
  /** Bytes; null while they are not known. */
  readonly sizeBytes: number | null;
  readonly wastedBytes: number | null;
  /** Files added, changed and removed; null while they are not known. */
  readonly changes: { readonly added: number; readonly changed: number; readonly removed: number } | null;
  readonly reading: LayerReading;
}

/** What is known of each layer by now. */
export function layerFacts(
  { image, mapping }: KnownImage,
  {
    union,
    reading,
    report,
  }: { readonly union: Union | null; readonly reading: readonly LayerReading[]; readonly report: Report | null },
): LayerFacts[] {
  return image.layers.map(({ index, history }) => {
    const reported = report?.layers[index];
    const mapped = mapping.layers[index];
    return {
      index,
      origin: mapped?.origin ?? 'unknown',
      step: entrySummary(history),
      instruction: mapped?.instruction ?? null,
      sizeBytes: reported?.sizeBytes ?? union?.layers[index]?.totalBytes ?? null,
      wastedBytes: reported?.wastedBytes ?? null,
      changes:
        reported === undefined
          ? null
          : {
              added: reported.added.files,
              changed: reported.modified.files + reported.metadataOnly.files + reported.identical.files,
              removed: reported.removed.files,
            },
      reading: reading[index] ?? null,
    };
  });
}
