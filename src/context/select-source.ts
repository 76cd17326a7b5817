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
  return new SourceSelector(source, rules).of(tree);
}

/** A source that is looked for in many trees: a directory that some of them share is searched once. */
export class SourceSelector {
  readonly #rules: LinkRules;
  /** Up to the first wildcard. */
  readonly #start: string;
  readonly #patterns: readonly NamesThatFit[];

  constructor(source: string, rules: LinkRules) {
    this.#rules = rules;
    const parts = cleanSource(source).split('/');
    const first = parts.findIndex(hasWildcard);
    const plain = first === -1 ? parts.length : first;
    this.#start = parts.slice(0, plain).join('/');
    this.#patterns = parts.slice(plain).map((part) => new NamesThatFit(part));
  }

  of(tree: DirectoryNode): readonly Selected[] {
    if (this.#patterns.length === 0) return located(tree, this.#start, this.#rules.named);
    const start = startOf(tree, this.#start, this.#rules);
    let found: readonly Selected[] = start === null ? [] : [start];
    for (const pattern of this.#patterns) found = found.flatMap((each) => pattern.in(each));
    return found.flatMap((each) => (each.node.kind === 'symlink' ? targetOf(tree, each, this.#rules.named) : [each]));
  }
}

/** What fits one part of a source, by directory. */
class NamesThatFit {
  readonly #fits: ((name: string) => boolean) | null;
  readonly #known = new WeakMap<DirectoryNode, readonly string[]>();

  constructor(part: string) {
    this.#fits = namePattern(part);
  }

  in({ name, path, node }: Selected): readonly Selected[] {
    if (node.kind !== 'directory') return [];
    return this.#namesIn(node).flatMap((each): Selected[] => {
      const child = node.children.get(each);
      return child === undefined ? [] : [{ name: below(name, each), path: below(path, each), node: child }];
    });
  }

  #namesIn(directory: DirectoryNode): readonly string[] {
    const known = this.#known.get(directory);
    if (known !== undefined) return known;
    const fits = this.#fits;
    const names = fits === null ? [] : [...directory.children.keys()].filter(fits).sort();
    this.#known.set(directory, names);
    return names;
  }
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

function targetOf(tree: DirectoryNode, link: Selected, last: LastLink): readonly Selected[] {
  if (last === 'kept') return [link];
  return located(tree, link.path, last).map(({ path, node }) => ({ name: link.name, path, node }));
}

function below(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`;
}
