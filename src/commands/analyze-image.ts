import { analyze } from '../analysis/analysis.ts';
import { Contents } from '../analysis/content.ts';
import { hashWishes } from '../analysis/hash-wishes.ts';
import type { Config } from '../config/config.ts';
import type { EntryRef } from '../filesystem/entry-ref.ts';
import { hashContents } from '../layer/hash-contents.ts';
import { readSmallFile } from '../layer/read-small-file.ts';
import { buildReport } from '../report/build-report.ts';
import { buildOutline, type Outline } from '../report/outline.ts';
import type { Report } from '../report/report.ts';
import { layerSteps } from '../rules/layer-steps.ts';
import { locateFindings } from '../rules/located-findings.ts';
import { askedRules } from '../rules/rule-settings.ts';
import { checkRules, rules as imageRules } from '../rules/rules.ts';
import type { OpenedImage } from '../sources/assemble.ts';
import { toWarning } from '../warnings.ts';
import { type LoadedImage, readableLayer } from './load-image.ts';
import type { AnalyzedCache } from './cache/analyze-build.ts';
import type { MappedImage } from './map-image.ts';
import { version } from './version.ts';

/** Hashes the content that questions will be asked about. */
export function hashImage(loaded: LoadedImage): Contents {
  const { union, digests } = loaded;
  hashWishes(union).forEach((rows, layer) => {
    const into = digests[layer];
    if (into !== undefined && rows.length > 0) hashContents(readableLayer(loaded, layer), rows, into);
  });
  return new Contents(union.layers, digests);
}

/** Everything there is to say about an image. Small files that rules ask for are read. */
export function analyzeImage(
  loaded: LoadedImage,
  contents: Contents,
  { mapping, file }: Pick<MappedImage, 'mapping' | 'file'>,
  { checkedRules, findings: cacheFindings, cache, warnings }: AnalyzedCache,
  { rules, ignore }: Pick<Config, 'rules' | 'ignore'>,
): Report {
  const { image, union, scanned, contents: places } = loaded;
  const analysis = analyze(union, contents, ignore);
  const steps = layerSteps(mapping, image.layers);
  const { duplicates, ignored } = analysis;
  const findings = checkRules({ union, contents, duplicates, ignored, steps, textOf: keptTexts(loaded) }, rules);
  const facts = scanned.map(({ compression, index }, layer) => ({
    compression,
    tarBytes: places[layer]?.kind === 'absent' ? null : index.tarBytes,
    entryCount: index.count,
  }));
  const oddities = [
    ...loaded.oddities,
    ...scanned.flatMap(({ index }) => index.oddities),
    ...union.oddities,
    ...mapping.oddities,
  ];
  return buildReport({
    version,
    image,
    facts,
    analysis,
    mapping,
    file,
    checkedRules: [...askedRules(imageRules, rules), ...checkedRules],
    findings: locateFindings(findings, mapping),
    cacheFindings,
    cache,
    warnings: [...oddities.map(toWarning), ...warnings],
  });
}

/** What there is to say about an image whose layers were not read. */
export function outlineImage(
  { image, oddities }: OpenedImage,
  { mapping, file }: Pick<MappedImage, 'mapping' | 'file'>,
): Outline {
  const warnings = [...oddities, ...mapping.oddities].map(toWarning);
  return buildOutline({ version, image, mapping, file, warnings });
}

/** The content of a small file that a rule asks for: kept while its layer passed, or read now from one on disk. */
function keptTexts(loaded: LoadedImage): (ref: EntryRef) => Buffer | null {
  return ({ layer, entry }) => {
    const kept = loaded.scanned[layer]?.kept.get(entry);
    if (kept === undefined) return readSmallFile(readableLayer(loaded, layer), entry);
    return Buffer.from(kept.buffer, kept.byteOffset, kept.byteLength);
  };
}
