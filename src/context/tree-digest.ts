import { createHash } from 'node:crypto';
import type { ContextNode } from './context-tree.ts';

/** What a builder hashes of a node besides its name and what is below: mode, content, the target of a link. */
export type NodeHeader = (node: ContextNode) => string;

/** Digests of subtrees by one builder's rules, each worked out once. */
export class TreeDigest {
  readonly #header: NodeHeader;
  readonly #known = new WeakMap<ContextNode, string>();

  constructor(header: NodeHeader) {
    this.#header = header;
  }

  /** A hexadecimal digest: the same for the same headers, names and structure. */
  of(node: ContextNode): string {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    const hash = createHash('sha256').update(this.#header(node));
    if (node.kind === 'directory') {
      const names = [...node.children.keys()].sort();
      for (const name of names) {
        const child = node.children.get(name);
        if (child !== undefined) hash.update(`\0${name}\0${this.of(child)}`);
      }
    }
    const digest = hash.digest('hex');
    this.#known.set(node, digest);
    return digest;
  }
}
