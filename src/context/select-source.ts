import type { ContextNode, DirectoryNode } from './context-tree.ts';
import { followLinks, type LastLink } from './follow-links.ts';
import { hasWildcard, namePattern } from './name-pattern.ts';

/** What a source of COPY or ADD takes from a context. */
export interface Selected {
  /** As the source names it: before the last link is followed. */
  readonly name: string;
  /** Where it stands. */
  readonly path: string;
  readonly node: ContextNode;
}

/** How a builder treats links in sources. */
export interface LinkRules {
  /** One that the source names itself, or that its wildcards fit. */
  readonly named: LastLink;
  /** Those among the directories before the first wildcard; behind it, no builder enters a link. */
  readonly beforeWildcard: 'followed' | 'not-entered';
}

/** A source's path in the context as builders clean it: no `.`, `..`, double or leading slash; nothing leads above it. */
export function cleanSource(source: string): string {
  const parts: string[] = [];
  for (const part of source.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/**
 * What a source selects, variables expanded, in the order of the names. Empty where nothing fits it, which without a
 * wildcard is an error for every builder.
 */
export function selectSource(tree: DirectoryNode, source: string, rules: LinkRules): readonly Selected[] {
  const cleaned = cleanSource(source);
  if (!hasWildcard(cleaned)) return located(tree, cleaned, rules.named);
  const parts = cleaned.split('/');
  const first = parts.findIndex(hasWildcard);
  const start = startOf(tree, parts.slice(0, first).join('/'), rules);
  if (start?.node.kind !== 'directory') return [];
  let found: readonly Selected[] = [start];
  for (const part of parts.slice(first)) found = step(found, part);
  return found.flatMap((each) => (each.node.kind === 'symlink' ? targetOf(tree, each, rules.named) : [each]));
}

function located(tree: DirectoryNode, name: string, last: LastLink): readonly Selected[] {
  const found = followLinks(tree, name, last);
  return found === null ? [] : [{ name, ...found }];
}

function startOf(tree: DirectoryNode, name: string, { beforeWildcard }: LinkRules): Selected | null {
  const found = followLinks(tree, name, 'followed');
  if (found === null || (beforeWildcard === 'not-entered' && found.path !== name)) return null;
  return { name, ...found };
}

/** What in some directories fits the next part of a source. */
function step(directories: readonly Selected[], part: string): readonly Selected[] {
  const fits = namePattern(part);
  if (fits === null) return [];
  return directories.flatMap(({ name, path, node }) => {
    if (node.kind !== 'directory') return [];
    const names = [...node.children.keys()].filter(fits).sort();
    return names.flatMap((each): Selected[] => {
      const child = node.children.get(each);
      return child === undefined ? [] : [{ name: below(name, each), path: below(path, each), node: child }];
    });
  });
}

function targetOf(tree: DirectoryNode, link: Selected, last: LastLink): readonly Selected[] {
  if (last === 'kept') return [link];
  return located(tree, link.path, last).map(({ path, node }) => ({ name: link.name, path, node }));
}

function below(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`;
}
