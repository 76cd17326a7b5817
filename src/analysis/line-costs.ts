import type { Dockerfile, Instruction } from '../dockerfile/dockerfile.ts';
import type { Confidence, Mapping } from '../dockerfile/mapping.ts';
import type { Analysis } from './analysis.ts';

/** What an instruction made of an image. */
export interface MadeLayers {
  readonly instruction: Instruction;
  /** Name or number of its stage; null before the first FROM. */
  readonly stage: string | null;
  /** The layers it made, and how sure that is. */
  readonly layers: readonly number[];
  readonly confidence: Confidence | null;
}

/** What an instruction put into the image, in bytes of regular files; all 0 where it made no layer of it. */
export interface LineCost extends MadeLayers {
  readonly addedBytes: number;
  /** Of those, what the final filesystem shows. */
  readonly visibleBytes: number;
  readonly wastedBytes: number;
  /** Bytes of any layer that its layers made useless. */
  readonly wastesBytes: number;
}

/** The cost of every instruction of a Dockerfile, in the order of the file. */
export function lineCosts(
  dockerfile: Dockerfile,
  mapping: Mapping,
  { layerBytes, waste, ignored }: Analysis,
): LineCost[] {
  const wastedBy = new Map<number, number>();
  for (const { copies } of waste.files)
    for (const { wastedByLayer, bytes } of copies)
      wastedBy.set(wastedByLayer, (wastedBy.get(wastedByLayer) ?? 0) + bytes);
  return madeLayers(dockerfile, mapping).map((made) => {
    const sum = (bytesOf: (layer: number) => number | undefined): number =>
      made.layers.reduce((total, layer) => total + (bytesOf(layer) ?? 0), 0);
    const addedBytes = sum((layer) => layerBytes[layer]);
    const wastedBytes = sum((layer) => waste.byLayer[layer]);
    return {
      ...made,
      addedBytes,
      visibleBytes: addedBytes - wastedBytes - sum((layer) => ignored.byLayer[layer]),
      wastedBytes,
      wastesBytes: sum((layer) => wastedBy.get(layer)),
    };
  });
}

/** The layers that every instruction of a Dockerfile made, in the order of the file. */
export function madeLayers(dockerfile: Dockerfile, mapping: Mapping): MadeLayers[] {
  const layersOf = new Map<number, number[]>();
  mapping.layers.forEach(({ instruction }, layer) => {
    if (instruction === null) return;
    const known = layersOf.get(instruction.startLine);
    if (known === undefined) layersOf.set(instruction.startLine, [layer]);
    else known.push(layer);
  });
  const made = (instruction: Instruction, stage: string | null): MadeLayers => {
    const layers = layersOf.get(instruction.startLine) ?? [];
    const confidence = mapping.layers[layers[0] ?? -1]?.instruction?.confidence ?? null;
    return { instruction, stage, layers, confidence };
  };
  return [
    ...dockerfile.globalArgs.map((instruction) => made(instruction, null)),
    ...dockerfile.stages.flatMap(({ index, name, instructions }) =>
      instructions.map((instruction) => made(instruction, name ?? String(index))),
    ),
  ];
}
