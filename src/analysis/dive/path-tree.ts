import type { ByteString } from '../../text/byte-string.ts';

/** Paths as dive sees them: plain names, nothing followed. Node 0 is the root; every path keeps its number. */
export class PathTree {
  private readonly parents: number[] = [0];
  private readonly names: ByteString[] = [''];
  private readonly children: (Map<ByteString, number> | null)[] = [null];

  parent(node: number): number {
    return this.parents[node] ?? 0;
  }

  name(node: number): ByteString {
    return this.names[node] ?? '';
  }

  childrenOf(node: number): Iterable<number> {
    return this.children[node]?.values() ?? [];
  }

  /** The child of that name, made if there is none. */
  childNamed(parent: number, name: ByteString): number {
    const known = this.children[parent]?.get(name);
    if (known !== undefined) return known;
    const node = this.names.length;
    this.parents.push(parent);
    this.names.push(name);
    this.children.push(null);
    (this.children[parent] ??= new Map()).set(name, node);
    return node;
  }

  /** The node of a path relative to the root, made if there is none. */
  at(path: ByteString): number {
    let node = 0;
    for (const part of path.split('/')) if (part !== '') node = this.childNamed(node, part);
    return node;
  }
}
