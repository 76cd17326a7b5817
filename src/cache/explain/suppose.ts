import {
  type ContextNode,
  type DirectoryNode,
  type TreeChange,
  nodeAt,
  withChanges,
} from '../../context/context-tree.ts';
import type { Stage } from '../../dockerfile/dockerfile.ts';
import { expandWord } from '../../dockerfile/expand.ts';
import { globalValues } from '../../dockerfile/record/global-args.ts';
import { stageBase } from '../../dockerfile/stages.ts';
import { baseImage } from '../base-image.ts';
import type { BaseImage, BuildInputs } from '../build-inputs.ts';

/** What might change. */
export interface Supposition {
  /** Paths of the context: the content of a file, or of every file below a directory. One that is not there is added. */
  readonly files: readonly string[];
  /** Names of arguments. */
  readonly args: readonly string[];
  /** Stages whose base image moves. */
  readonly bases: readonly Stage[];
}

const changed = '(changed)';

/** The same build after something changed, nobody knows into what. */
export function suppose(inputs: BuildInputs, { files, args, bases }: Supposition): BuildInputs {
  const { context, buildArgs } = inputs;
  return {
    ...inputs,
    context: context === null ? null : withChanges(context, changesAt(context, files)),
    buildArgs: new Map([...buildArgs, ...args.map((name) => [name, changed] as const)]),
    bases: new Map([...inputs.bases, ...bases.flatMap((stage) => moved(inputs, stage))]),
  };
}

function changesAt(context: DirectoryNode, files: readonly string[]): TreeChange[] {
  // The context itself has no path that a change could name: all that is in it stands for it.
  const paths = files.flatMap((path) => (path === '' ? [...context.children.keys()] : [path]));
  return paths.map((path) => ({ path, node: changedNode(nodeAt(context, path)) }));
}

function changedNode(node: ContextNode | null): ContextNode {
  switch (node?.kind) {
    case undefined:
      return { kind: 'file', mode: 0o644, content: changed };
    case 'file':
      return { ...node, content: `${node.content} ${changed}` };
    case 'symlink':
      return { ...node, target: `${node.target} ${changed}` };
    case 'directory':
      return { ...node, children: new Map([...node.children].map(([name, child]) => [name, changedNode(child)])) };
  }
}

/** The image at the root of a stage, as another one. */
function moved(inputs: BuildInputs, stage: Stage): (readonly [string, BaseImage])[] {
  const { dockerfile, buildArgs } = inputs;
  const globals = globalValues(dockerfile, buildArgs);
  const from = expandWord(stage.from, (name) => globals.get(name), dockerfile.directives.escape) ?? stage.from;
  const base = stageBase(dockerfile, stage, from);
  if (base.kind === 'scratch') return [];
  if (base.kind === 'image') {
    const known = baseImage(inputs, base.reference);
    return [[base.reference, { ...known, identity: `${known.identity} (moved)` }]];
  }
  const parent = dockerfile.stages[base.index];
  // Only earlier stages are ever a stage's base.
  return parent === undefined ? [] : moved(inputs, parent);
}
