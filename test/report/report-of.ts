import { createHash } from 'node:crypto';
import { analyze } from '../../src/analysis/analysis.ts';
import type { Mapping } from '../../src/dockerfile/mapping.ts';
import type { HistoryEntry } from '../../src/image/config.ts';
import type { Image } from '../../src/image/image.ts';
import { buildReport } from '../../src/report/build-report.ts';
import type { Report } from '../../src/report/report.ts';
import { mapLayers } from '../../src/dockerfile/map-layers.ts';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { layerSteps } from '../../src/rules/layer-steps.ts';
import { locateFindings } from '../../src/rules/located-findings.ts';
import { checkRules, rules } from '../../src/rules/rules.ts';
import { toWarning } from '../../src/warnings.ts';
import { globsOf } from '../globs/globs-of.ts';
import { stack, type Stacked } from '../stack-layers.ts';

/** A layer of a report's image: its tar, and the step that made it. */
export interface Step {
  readonly tar: Buffer;
  readonly createdBy?: string;
}

const sha256 = (bytes: Buffer | string): `sha256:${string}` =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** The report of an image with these layers, uncompressed, in a docker archive. */
export function reportOf(...steps: readonly Step[]): Report {
  return reportWith(null, ...steps);
}

/** The same, joined to a Dockerfile. */
export function reportWith(dockerfile: string | null, ...steps: readonly Step[]): Report {
  return analyzedWith(dockerfile, ...steps).report;
}

/** Everything that is known of such an image. */
export interface AnalyzedImage extends Stacked {
  readonly image: Image;
  readonly mapping: Mapping;
  readonly file: string | null;
  readonly report: Report;
}

/** The image of a report, and all that the report is made from. */
export function analyzedWith(dockerfile: string | null, ...steps: readonly Step[]): AnalyzedImage {
  return analyzedIgnoring([], dockerfile, ...steps);
}

/** The same with patterns of paths that are left out of waste. */
export function analyzedIgnoring(
  ignore: readonly string[],
  dockerfile: string | null,
  ...steps: readonly Step[]
): AnalyzedImage {
  const stacked = stack(...steps.map(({ tar }) => tar));
  const { union, contents, scanned } = stacked;
  const history = steps.map(({ createdBy }): HistoryEntry | null =>
    createdBy === undefined
      ? null
      : { createdBy, created: '2026-01-02T03:04:05Z', comment: '', author: '', emptyLayer: false },
  );
  const config = {
    platform: { os: 'linux', architecture: 'amd64', variant: null },
    created: '2026-01-02T03:04:05Z',
    runtime: { env: [], entrypoint: null, cmd: ['sh'], user: null, workingDir: null, labels: {}, exposedPorts: [] },
    building: { shell: null, onBuild: [] },
    diffIds: steps.map(({ tar }) => sha256(tar)),
    history: history.filter((entry) => entry !== null),
  };
  const layers = steps.map(({ tar }, index) => ({
    index,
    diffId: sha256(tar),
    digest: null,
    mediaType: null,
    blobBytes: tar.length,
    history: history[index] ?? null,
  }));
  const mapping = mapLayers({
    dockerfile: dockerfile === null ? null : parseDockerfile(dockerfile),
    config,
    layerDigests: [],
    provenance: null,
    baseConfig: null,
    target: null,
    buildArgs: new Map(),
  });
  const analysis = analyze(union, contents, globsOf(...ignore));
  const { duplicates, ignored } = analysis;
  const found = checkRules({
    union,
    contents,
    duplicates,
    ignored,
    steps: layerSteps(mapping, layers),
    textOf: () => null,
  });
  const image: Image = {
    reference: 'image.tar',
    source: 'docker-archive',
    names: ['app:latest'],
    platforms: [config.platform],
    manifestDigest: null,
    configDigest: sha256('config'),
    mediaType: null,
    config,
    layers,
  };
  const file = dockerfile === null ? null : 'Dockerfile';
  const report = buildReport({
    version: '1.2.3',
    image,
    facts: scanned.map(({ index }) => ({ compression: 'none', tarBytes: index.tarBytes, entryCount: index.count })),
    analysis,
    mapping,
    file,
    checkedRules: rules.map(({ name }) => name),
    findings: locateFindings(found, mapping),
    cacheFindings: [],
    cache: null,
    warnings: union.oddities.map(toWarning),
  });
  return { ...stacked, image, mapping, file, report };
}
