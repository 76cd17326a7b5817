import type { Fix } from '../../../src/cache/fix/fix.ts';
import { proposeFix } from '../../../src/cache/fix/propose-fix.ts';
import { type DirectoryNode, emptyContext, withChanges } from '../../../src/context/context-tree.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import type { DockerfileBuilder } from '../../../src/dockerfile/step-record.ts';

export type Files = Readonly<Record<string, string>>;

function treeOf(files: Files, modes: Readonly<Record<string, number>> = {}): DirectoryNode {
  return withChanges(
    emptyContext,
    Object.entries(files).map(([path, content]) => ({
      path,
      node: { kind: 'file', mode: modes[path] ?? 0o644, content },
    })),
  );
}

export interface FixOptions {
  readonly builder?: DockerfileBuilder;
  readonly ignoreText?: string;
  readonly modes?: Readonly<Record<string, number>>;
}

export function fixOf(
  text: string,
  files: Files = {},
  { builder = 'buildkit', ignoreText, modes }: FixOptions = {},
): Fix {
  return proposeFix({
    builder,
    text,
    ignoreText: ignoreText ?? null,
    inputs: {
      dockerfile: parseDockerfile(text),
      target: null,
      buildArgs: new Map(),
      context: treeOf(files, modes),
      bases: new Map(),
    },
    textOf: (path) => files[path] ?? null,
    costs: new Map(),
    silenced: new Set(),
    replay: null,
  });
}

/** The Dockerfile after all changes; null where nothing changed. */
export function fixedText(fix: Fix): string | null {
  return fix.files.find(({ role }) => role === 'dockerfile')?.after ?? null;
}

/** Why a rule's changes were not made. */
export function refusedBy(fix: Fix, rule: string): string {
  return fix.refused.flatMap((each) => (each.rule === rule ? [each.reason] : [])).join('\n');
}

export function changedBy(fix: Fix, rule: string): number {
  return fix.changes.filter((each) => each.rule === rule).length;
}
