import type { Instruction } from '../dockerfile.ts';
import type { BuildState } from './build-state.ts';
import { copyRecords } from './copy.ts';
import type { ExpectedRecord } from './expected-record.ts';
import { metadataRecords } from './metadata.ts';
import { runRecords } from './run-command.ts';
import { workdirRecords } from './workdir.ts';

/** What one builder's history would say of an instruction. */
export interface Expected {
  readonly keyword: string;
  /** Empty where that cannot be told: then any step of this keyword may be it. */
  readonly records: readonly ExpectedRecord[];
  /** Arguments that a RUN may list before its command. */
  readonly argNames: readonly string[];
  /** The builder may leave it out of the history. */
  readonly optional: boolean;
  /** It can make a layer. */
  readonly makesLayer: boolean;
}

/** Carries an instruction out on the state, and tells what the history would say of it. */
export function expectedOf(instruction: Instruction, state: BuildState, triggered: boolean): Expected {
  const { keyword } = instruction;
  const records = recordsOf(instruction, state);
  return {
    keyword,
    records,
    argNames: state.allArgNames,
    optional: isOptional(keyword, state, triggered),
    makesLayer: makesLayer(instruction, state),
  };
}

function recordsOf(instruction: Instruction, state: BuildState): readonly ExpectedRecord[] {
  switch (instruction.keyword) {
    case 'RUN':
      return runRecords(instruction, state);
    case 'COPY':
    case 'ADD':
      return copyRecords(instruction, state);
    case 'WORKDIR':
      return workdirRecords(instruction, state);
    default:
      return metadataRecords(instruction, state);
  }
}

const always = new Set(['RUN', 'COPY', 'ADD']);

/** buildah drops the triggers of ONBUILD in the same file, BuildKit records no ONBUILD, kaniko only what made a layer. */
function isOptional(keyword: string, { builder }: BuildState, triggered: boolean): boolean {
  switch (builder) {
    case 'buildah':
      return triggered;
    case 'buildkit':
      return keyword === 'ONBUILD';
    case 'kaniko':
      return !always.has(keyword);
    case 'classic':
      return false;
  }
}

function makesLayer({ keyword }: Instruction, { builder }: BuildState): boolean {
  return always.has(keyword) || (keyword === 'WORKDIR' && builder !== 'buildah');
}
