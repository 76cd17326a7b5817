import { sanitize } from '../text/sanitize.ts';
import type { ImageConfig } from '../image/config.ts';
import { OddityTally } from '../warnings.ts';
import { type Attempt, bestAttempt } from './attempt.ts';
import { layerSteps } from './base-boundary.ts';
import { instructionsByPlace } from './by-place.ts';
import type { ChainStep, TargetChain } from './chain.ts';
import type { Dockerfile } from './dockerfile.ts';
import { baseOfDockerfile, type Base, knownBase, markedLayers } from './find-base.ts';
import { detectBuilder, type HistoryStep, parseHistory } from './history-step.ts';
import type { Confidence, MappedInstruction, MappedLayer, MappedStep, Mapping } from './mapping.ts';
import { parseDockerfile } from './parse.ts';
import { attestedInstructions } from './provenance/attested-instructions.ts';
import { type AttestedLayers, attestedLayers, type Provenance } from './provenance/provenance.ts';

export interface MapOptions {
  /** The present Dockerfile; null to go by the one in the provenance, if there is one. */
  readonly dockerfile: Dockerfile | null;
  readonly config: ImageConfig;
  /** The layers' digests in the manifest, as a provenance names them; null where not known. */
  readonly layerDigests: readonly (string | null)[];
  readonly provenance: Provenance | null;
  /** The base image's configuration, where it could be read. */
  readonly baseConfig: ImageConfig | null;
  readonly target: string | null;
  readonly buildArgs: ReadonlyMap<string, string>;
}

/** An instruction of the chain, by its index, and how sure it is. */
interface Found {
  readonly at: number;
  readonly confidence: Confidence;
}

/** Finds for each layer of an image the lines of the Dockerfile that made it, and where its base image ends. */
export function mapLayers(options: MapOptions): Mapping {
  const { config, provenance, layerDigests, baseConfig } = options;
  const tally = new OddityTally();
  const steps = parseHistory(config);
  const making = layerSteps(config);
  const digests = config.diffIds.map((_, at) => layerDigests[at] ?? null);
  const attested = provenance === null ? null : attestedLayers(provenance, digests);
  if (provenance !== null && provenance.steps.length > 0 && attested === null) {
    tally.note('provenance-foreign', () => `no step has these ${config.diffIds.length}`);
  }
  const source = provenance?.dockerfile ?? null;
  const built = source === null ? null : parseDockerfile(source.text);
  const dockerfile = options.dockerfile ?? built;
  const known = knownBase(config, steps, attested?.baseLayers ?? null, baseConfig);
  const attempt = dockerfile === null ? null : attemptOf(dockerfile, options, making === null ? [] : steps, known);
  if (dockerfile !== null && attempt === null) {
    tally.note('dockerfile-unknown-target', () => sanitize((options.target ?? '(none)').slice(0, 100)));
  }
  if (attempt?.chain.cut === true) tally.note('dockerfile-chain-cut', () => `${attempt.chain.steps.length} steps`);

  const base = baseOfDockerfile(known, attempt, config);
  const bySteps = new Map(
    attempt?.mapping.pairs.map(({ step, instruction, confidence }) => [step, { at: instruction, confidence }]),
  );
  const byProvenance =
    attested === null || attempt === null || built === null ? [] : byAttestation(attested, built, attempt, options);
  const stepOfLayer = config.diffIds.map((_, layer) => making?.[layer] ?? null);
  const found = stepOfLayer.map(
    (step, layer) => byProvenance[layer] ?? (step === null ? null : (bySteps.get(step) ?? null)),
  );
  const placed = attempt === null ? found : fillByPlace(found, stepOfLayer, steps, attempt.chain, base);
  const layers = originsOf(placed, base, markedLayers(base, config)).map((origin, layer): MappedLayer => {
    const instruction = origin === 'base' ? null : toInstruction(placed[layer] ?? null, attempt);
    return { origin, step: stepOfLayer[layer] ?? null, instruction };
  });
  const builder = detectBuilder(config);
  return {
    builder,
    dockerfile,
    layers,
    steps: steps.map((step, at): MappedStep => {
      const layer = stepOfLayer.indexOf(at);
      const own = layer === -1 ? toInstruction(bySteps.get(at) ?? null, attempt) : (layers[layer]?.instruction ?? null);
      return { step, layer: layer === -1 ? null : layer, instruction: own };
    }),
    baseLayers: base.layers,
    evidence: base.evidence === 'none' && markedLayers(base, config) !== null ? 'marker' : base.evidence,
    unmatchedLayers: layers.filter(({ origin, instruction }) => origin !== 'base' && instruction === null).length,
    unmatchedInstructions: unmatched(attempt, [...placed, ...bySteps.values()]),
    oddities: [...(dockerfile?.oddities ?? []), ...tally.list()],
  };
}

function attemptOf(
  dockerfile: Dockerfile,
  { config, baseConfig, provenance, target, buildArgs }: MapOptions,
  steps: readonly HistoryStep[],
  { ownFrom }: Base,
): Attempt | null {
  const known = new Map([...(provenance?.buildArgs ?? []), ...buildArgs]);
  const wanted = target ?? provenance?.target ?? null;
  return bestAttempt({ dockerfile, config, baseConfig, target: wanted, buildArgs: known, steps, ownFrom });
}

function byAttestation(
  attested: AttestedLayers,
  built: Dockerfile,
  { chain }: Attempt,
  options: MapOptions,
): readonly (Found | null)[] {
  const builtChain = attemptOf(built, { ...options, target: options.provenance?.target ?? null }, [], {
    layers: null,
    ownFrom: null,
    evidence: 'none',
  });
  if (builtChain === null) return [];
  const found = attestedInstructions(attested, builtChain.chain, chain);
  return found.map((at) => (at === null ? null : { at, confidence: 'exact' }));
}

function fillByPlace(
  found: readonly (Found | null)[],
  stepOfLayer: readonly (number | null)[],
  steps: readonly HistoryStep[],
  chain: TargetChain,
  base: Base,
): readonly (Found | null)[] {
  const from = base.layers ?? (chain.base.kind === 'scratch' ? 0 : null);
  if (from === null || found.some((each) => each !== null)) return found;
  const own = stepOfLayer.slice(from).map((step) => (step === null ? null : (steps[step] ?? null)));
  const places = instructionsByPlace(own, chain);
  if (places === null) return found;
  return found.map((_, layer) => {
    const at = places[layer - from];
    return layer < from || at === undefined ? null : { at, confidence: 'positional' };
  });
}

/** A layer above one whose line is sure is own, too: base images are below. */
function originsOf(
  found: readonly (Found | null)[],
  base: Base,
  marked: number | null,
): readonly MappedLayer['origin'][] {
  const firstSure = found.findIndex((each) => each !== null && each.confidence !== 'positional');
  return found.map((_, layer) => {
    if (base.layers !== null) return layer < base.layers ? 'base' : 'own';
    if (firstSure !== -1 && layer >= firstSure) return 'own';
    return layer < (marked ?? 0) ? 'base' : 'unknown';
  });
}

function toInstruction(found: Found | null, attempt: Attempt | null): MappedInstruction | null {
  const step = found === null ? undefined : attempt?.chain.steps[found.at];
  if (found === null || step === undefined) return null;
  const { instruction, command, stage } = step;
  return {
    stage: stage.name ?? String(stage.index),
    keyword: command.keyword,
    text: instruction.text,
    startLine: instruction.startLine,
    endLine: instruction.endLine,
    confidence: found.confidence,
  };
}

function unmatched(attempt: Attempt | null, found: readonly (Found | null)[]): number {
  if (attempt === null) return 0;
  const used = new Set(found.map((each) => each?.at));
  return attempt.chain.steps.filter((step, at) => writesFiles(step) && !used.has(at)).length;
}

function writesFiles({ command: { keyword } }: ChainStep): boolean {
  return keyword === 'RUN' || keyword === 'COPY' || keyword === 'ADD';
}
