import { mapLayers } from '../../../src/dockerfile/map-layers.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import { readProvenance } from '../../../src/dockerfile/provenance/provenance.ts';
import type { BuiltDockerfile } from './build-all.ts';
import { type Edit, edited, write } from './edit.ts';
import type { Generated, GeneratedDockerfile } from './generate.ts';

/** How the mapping of one image, to its Dockerfile after an edit, compares with what its layers hold. */
export interface Judgement {
  /** Layers whose instruction still stands in the file. */
  readonly present: number;
  readonly right: number;
  readonly rightExactly: number;
  /** Each line that is wrong though it is said to be sure, to be read by a person. */
  readonly wrong: readonly string[];
  readonly wrongByPlace: number;
  readonly missed: readonly string[];
  readonly baseRight: boolean;
}

export function judge(
  { generated, builder, image }: BuiltDockerfile,
  edit: Edit,
  other: GeneratedDockerfile,
): Judgement {
  const instructions = edited(generated, edit, other);
  const { text, lineOf } = write(instructions);
  const mapping = mapLayers({
    dockerfile: parseDockerfile(text),
    config: image.config,
    layerDigests: image.layerDigests,
    provenance: readProvenance(image.provenance),
    baseConfig: null,
    target: null,
    // Half of them without: the history has to tell.
    buildArgs: generated.seed % 2 === 0 ? new Map(Object.entries(generated.buildArgs)) : new Map<string, string>(),
  });
  const makers = makersOf(generated, image.layers, builder === 'buildah');
  const wrong: string[] = [];
  const missed: string[] = [];
  let [present, right, rightExactly, wrongByPlace] = [0, 0, 0, 0];
  for (const [layer, { instruction }] of mapping.layers.entries()) {
    const maker = makers.get(layer);
    if (maker === undefined) continue;
    const line = lineOf.get(maker) ?? null;
    const told = `seed ${generated.seed} ${builder} ${edit}, layer ${layer}: ${maker.lines[0]} is line ${line}, mapped to ${instruction?.startLine} ${instruction?.confidence}\n${text}`;
    if (line !== null) present++;
    if (instruction === null) {
      if (line !== null) missed.push(told);
    } else if (instruction.startLine === line) {
      right++;
      if (instruction.confidence === 'exact') rightExactly++;
    } else if (instruction.confidence === 'positional') wrongByPlace++;
    else wrong.push(told);
  }
  const baseRight =
    mapping.baseLayers === 1 && mapping.layers.every(({ origin }, at) => origin === (at === 0 ? 'base' : 'own'));
  return { present, right, rightExactly, wrong, wrongByPlace, missed, baseRight };
}

/** Which instruction made each layer: the lowest layer that holds its file. The base image is layer 0. */
function makersOf(
  { instructions }: GeneratedDockerfile,
  layers: readonly (readonly string[])[],
  isBuildah: boolean,
): ReadonlyMap<number, Generated> {
  const makers = new Map<number, Generated>();
  const taken = new Set<number>();
  for (const instruction of instructions) {
    const { marker, lines } = instruction;
    // buildah's WORKDIR makes no layer; the next one has the directory.
    if (marker === null || (isBuildah && lines[0]?.startsWith('WORKDIR') === true)) continue;
    const layer = layers.findIndex(
      (names, at) =>
        !taken.has(at) && names.some((name) => (marker.endsWith('-') ? name.startsWith(marker) : name === marker)),
    );
    if (layer === -1) continue;
    taken.add(layer);
    makers.set(layer, instruction);
  }
  return makers;
}
