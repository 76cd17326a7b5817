import type { ContextNode } from '../../context/context-tree.ts';
import type { SelectedNode } from '../keyed-step.ts';

/** A path at which two selections differ; null where one has nothing there. */
export interface ChangedNode {
  readonly path: string;
  readonly before: ContextNode | null;
  readonly after: ContextNode | null;
}

/** The paths at which two selections differ, in order. What two trees share is not walked. */
export function* changedNodes(
  before: readonly SelectedNode[],
  after: readonly SelectedNode[],
): Generator<ChangedNode, void, void> {
  const earlier = new Map(before.map(({ path, node }) => [path, node]));
  const later = new Map(after.map(({ path, node }) => [path, node]));
  for (const path of [...new Set([...earlier.keys(), ...later.keys()])].sort())
    yield* compare(path, earlier.get(path) ?? null, later.get(path) ?? null);
}

function* compare(
  path: string,
  before: ContextNode | null,
  after: ContextNode | null,
): Generator<ChangedNode, void, void> {
  if (before === after) return;
  const bothDirectories = before?.kind === 'directory' && after?.kind === 'directory';
  if (!sameHeader(before, after)) yield { path, before, after };
  // Of what came or went as a whole, the directory says it all.
  if (!bothDirectories) return;
  for (const name of [...new Set([...before.children.keys(), ...after.children.keys()])].sort())
    yield* compare(
      path === '' ? name : `${path}/${name}`,
      before.children.get(name) ?? null,
      after.children.get(name) ?? null,
    );
}

function sameHeader(before: ContextNode | null, after: ContextNode | null): boolean {
  if (before === null || after === null) return false;
  if (before.kind === 'symlink' || after.kind === 'symlink')
    return before.kind === 'symlink' && after.kind === 'symlink' && before.target === after.target;
  if (before.kind !== after.kind || before.mode !== after.mode) return false;
  return before.kind === 'directory' || after.kind === 'directory' || before.content === after.content;
}

/** `src/a.ts changed mode 644 to 664`. */
export function describeChange({ path, before, after }: ChangedNode): string {
  const name = path === '' ? 'the context itself' : path;
  if (before === null) return `${name} was added`;
  if (after === null) return `${name} was removed`;
  if (before.kind !== after.kind) return `${name} was a ${before.kind} and is a ${after.kind}`;
  if (before.kind === 'symlink' || after.kind === 'symlink') return `${name} points elsewhere`;
  const changes = [
    ...(before.kind === 'file' && after.kind === 'file' && before.content !== after.content ? ['content'] : []),
    ...(before.mode === after.mode ? [] : [`mode ${octal(before.mode)} to ${octal(after.mode)}`]),
  ];
  return `${name} changed ${changes.join(' and ')}`;
}

function octal(mode: number): string {
  return mode.toString(8).padStart(3, '0');
}
