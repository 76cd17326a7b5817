import type { KeyedStep } from '../../cache/keyed-step.ts';
import { type DirectoryNode, nodeAt } from '../../context/context-tree.ts';
import type { InstallPlace, ReadText } from '../../packages/install-step.ts';
import { pairsOf } from './variable-uses.ts';

/** What an install finds that runs where a directory of the context was copied to. @param root of that, in the context */
export function installPlace(
  root: string,
  context: DirectoryNode,
  textOf: ReadText,
  environment: InstallPlace['environment'],
): InstallPlace {
  return {
    environment,
    textOf: (path) => textOf(joinPath(root, path)),
    kindOf: (path) => nodeAt(context, joinPath(root, path))?.kind ?? null,
    namesIn: (path) => {
      const node = nodeAt(context, joinPath(root, path));
      return node?.kind === 'directory' ? [...node.children.keys()] : [];
    },
  };
}

/** What a stage's ENV and ARG have said by one of its steps; null for what only the build knows. */
export function variablesAt(steps: readonly KeyedStep[], at: number): ReadonlyMap<string, string | null> {
  const variables = new Map<string, string | null>();
  for (const { command, stage } of steps.slice(0, at)) {
    if (stage.index !== steps[at]?.stage.index || (command.keyword !== 'ENV' && command.keyword !== 'ARG')) continue;
    for (const { name, value } of pairsOf(command))
      variables.set(name, value === null || value.includes('$') ? null : value.replaceAll(/["']/g, ''));
  }
  return variables;
}

/** In the context, without slashes at its ends. */
export function joinPath(directory: string, path: string): string {
  return [directory, path].flatMap((part) => part.split('/').filter((name) => name !== '' && name !== '.')).join('/');
}
