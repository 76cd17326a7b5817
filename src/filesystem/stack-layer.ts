import { cleanPath } from '../layer/clean-path.ts';
import { EntryType } from '../layer/entry-type.ts';
import { type ByteString, printable } from '../text/byte-string.ts';
import type { OddityTally } from '../warnings.ts';
import type { ContentLinks } from './content-links.ts';
import { type FileTree, root } from './file-tree.ts';
import { LayerChanges } from './layer-changes.ts';
import type { LayerView } from './layer-view.ts';
import { type Obstacle, walkDirectories } from './walk-path.ts';
import { meaningOf, whiteoutNames } from './whiteout.ts';

/** No writer puts links first; a chain of links made to take one round each must not take for ever. */
const lateLinkRounds = 8;

/** What the layers applied so far amount to. */
export interface Stack {
  readonly tree: FileTree;
  readonly links: ContentLinks;
  readonly oddities: OddityTally;
  /** By node: the layer that touched it last. */
  readonly touchedBy: number[];
}

/** One layer going on top of a stack. */
export class LayerStacking {
  private readonly stack: Stack;
  private readonly tree: FileTree;
  private readonly view: LayerView;
  private readonly layer: number;
  private readonly changes = new LayerChanges();
  /** Nodes that a whiteout of this layer names. */
  private readonly whitedOut = new Set<number>();
  /** Node by string number of a directory path; emptied when a directory or link goes. */
  private readonly directories = new Map<number, number>();

  constructor(stack: Stack, view: LayerView, layer: number) {
    this.stack = stack;
    this.tree = stack.tree;
    this.view = view;
    this.layer = layer;
  }

  /** Applies the layer. Once only. */
  apply(): LayerChanges {
    const { view } = this;
    const whiteouts = whiteoutNames(view);
    // Whiteouts act on lower layers only, wherever in the tar they stand: so all of them go first.
    if (whiteouts.size > 0) this.applyWhiteouts(whiteouts);
    const unlinked: number[] = [];
    for (let entry = 0; entry < view.index.count; entry++) {
      if (whiteouts.has(view.index.name[entry] ?? 0)) continue;
      if (!this.applyEntry(entry)) unlinked.push(entry);
    }
    this.applyLateLinks(unlinked);
    this.changes.finish(this.tree);
    this.stack.links.settle(this.tree, this.layer);
    return this.changes;
  }

  private applyWhiteouts(names: ReadonlySet<number>): void {
    const replaced = this.replacedLinks(names);
    for (let entry = 0; entry < this.view.index.count; entry++) {
      if (!names.has(this.view.index.name[entry] ?? 0)) continue;
      const meaning = meaningOf(this.view.name(entry));
      this.stack.links.discard({ layer: this.layer, entry });
      if (meaning.kind !== 'whiteout' && meaning.kind !== 'opaque') continue;
      const dir = this.lowerDirectory(this.view.dir(entry), replaced);
      if (meaning.kind === 'opaque') {
        // On a directory that is new in this layer the marker hides nothing; overlayfs writes it there too.
        if (dir !== null) this.removeChildren(dir);
        continue;
      }
      const target = dir === null ? null : this.tree.child(dir, meaning.target);
      if (target === null || (!this.tree.isPresent(target) && !this.whitedOut.has(target)))
        this.stack.oddities.note('dangling-whiteout', () => this.describe(entry));
      else {
        this.remove(target);
        this.whitedOut.add(target);
      }
    }
    this.directories.clear();
  }

  /**
   * Symbolic links of lower layers that this layer puts a directory in place of. `rm link && mkdir link` gives such a
   * directory, and overlayfs marks it opaque: the marker is not about what the link pointed at.
   */
  private replacedLinks(whiteouts: ReadonlySet<number>): ReadonlySet<number> {
    const replaced = new Set<number>();
    for (let entry = 0; entry < this.view.index.count; entry++) {
      if (this.view.type(entry) !== EntryType.dir || whiteouts.has(this.view.index.name[entry] ?? 0)) continue;
      const dir = this.lowerDirectory(this.view.dir(entry), replaced);
      const node = dir === null ? null : this.tree.child(dir, this.view.name(entry));
      if (node !== null && this.tree.isPresent(node) && this.tree.type(node) === EntryType.symlink) replaced.add(node);
    }
    return replaced;
  }

  /** A directory of the layers below, unless the way there leads through a link that is no more. */
  private lowerDirectory(path: ByteString, replaced: ReadonlySet<number>): number | null {
    let gone = false;
    const node = walkDirectories(
      this.tree,
      path,
      () => null,
      (link) => (gone ||= replaced.has(link)),
    );
    return gone ? null : node;
  }

  /** @returns false for a hard link whose target is not there yet */
  private applyEntry(entry: number): boolean {
    const { view, layer } = this;
    const node = this.nodeOf(entry);
    const type = view.type(entry);
    if (type === EntryType.hardlink) return this.applyHardlink(entry, node);
    if (type === EntryType.char && view.index.devMajor[entry] === 0 && view.index.devMinor[entry] === 0)
      this.stack.oddities.note('whiteout-device', () => this.describe(entry));
    this.put(node, entry, layer, entry, type === EntryType.dir);
    return true;
  }

  private applyHardlink(entry: number, node: number): boolean {
    const { tree } = this;
    const path = cleanPath(this.view.link(entry));
    const slash = path.lastIndexOf('/');
    const dir = walkDirectories(tree, path.slice(0, Math.max(0, slash)), () => null);
    const target = dir === null ? null : tree.child(dir, path.slice(slash + 1));
    if (target === null || !tree.isPresent(target) || tree.type(target) === EntryType.dir) return false;
    if (target === node) return true;
    const inodeLayer = tree.inodeLayer(target);
    if (inodeLayer !== this.layer) this.stack.oddities.note('hardlink-to-lower-layer', () => this.describe(entry));
    this.put(node, entry, inodeLayer, tree.inodeEntry(target), false);
    return true;
  }

  /** Links may stand before what they link to; what is left after some rounds links to nothing. */
  private applyLateLinks(entries: readonly number[]): void {
    let waiting = entries;
    for (let round = 0; round < lateLinkRounds && waiting.length > 0; round++)
      waiting = waiting.filter((entry) => !this.applyEntry(entry));
    for (const entry of waiting) {
      this.stack.oddities.note('dangling-hardlink', () => this.describe(entry));
      this.put(this.nodeOf(entry), entry, this.layer, entry, false);
    }
  }

  /** The node an entry names, directories above it made if they are missing. */
  private nodeOf(entry: number): number {
    const parent = this.directory(this.view.index.dir[entry] ?? 0, entry);
    const name = this.view.name(entry);
    if (name === '') return root;
    return this.tree.child(parent, name) ?? this.tree.addNode(parent, name);
  }

  /** Puts an entry at a node, over whatever is there. */
  private put(node: number, entry: number, inodeLayer: number, inodeEntry: number, isDir: boolean): void {
    const { tree, layer } = this;
    if (tree.isPresent(node)) {
      if (tree.layer(node) === layer && !tree.isImplied(node))
        this.stack.oddities.note('repeated-path', () => this.describe(entry));
      if (!isDir && tree.type(node) === EntryType.dir) this.removeChildren(node);
    }
    if (this.whitedOut.delete(node)) this.stack.oddities.note('whiteout-after-name', () => this.describe(entry));
    // Linked first: a link over itself must not look like the end of its content.
    this.stack.links.link(inodeLayer, inodeEntry);
    this.take(node);
    tree.set(node, layer, entry, inodeLayer, inodeEntry);
  }

  /** The node of a directory of this layer, by string number; made if it is missing. */
  private directory(id: number, entry: number): number {
    const known = this.directories.get(id);
    if (known !== undefined) return known;
    const node = this.makeDirectory(this.view.string(id), entry);
    this.directories.set(id, node);
    return node;
  }

  private makeDirectory(path: ByteString, entry: number): number {
    const example = (): string => this.describe(entry);
    const obstacle = (met: Obstacle): number | null => {
      switch (met.kind) {
        case 'missing': {
          const node = this.tree.child(met.parent, met.name) ?? this.tree.addNode(met.parent, met.name);
          this.imply(node);
          return node;
        }
        case 'not-directory':
          this.stack.oddities.note('parent-not-directory', example);
          this.imply(met.node);
          return met.node;
        case 'loop':
          this.stack.oddities.note('symlink-loop', example);
          this.imply(met.link);
          return null;
      }
    };
    const onLink = (link: number): void => {
      if (this.tree.layer(link) !== this.layer) this.stack.oddities.note('symlinked-parent', example);
    };
    // Each failed walk turns one link of a loop into a directory, so this ends.
    for (;;) {
      const node = walkDirectories(this.tree, path, obstacle, onLink);
      if (node !== null) return node;
    }
  }

  /** Makes a node a directory that no entry describes, over whatever is there. */
  private imply(node: number): void {
    this.take(node);
    this.tree.setImplied(node, this.layer);
  }

  private remove(node: number): void {
    this.removeChildren(node);
    this.take(node);
    this.tree.setAbsent(node);
  }

  /** Notes a node before it changes, and takes its content's name away. */
  private take(node: number): void {
    this.touch(node);
    if (!this.tree.isPresent(node)) return;
    this.stack.links.unlink(this.tree.inodeLayer(node), this.tree.inodeEntry(node), node);
    if (this.tree.type(node) === EntryType.symlink) this.directories.clear();
  }

  /** Takes away everything below a node. Not recursive: a hostile image nests as deep as it likes. */
  private removeChildren(node: number): void {
    this.directories.clear();
    const waiting = [node];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      for (const child of this.tree.childrenOf(at)) {
        if (!this.tree.isPresent(child)) continue;
        if (this.tree.type(child) === EntryType.dir) waiting.push(child);
        this.take(child);
        this.tree.setAbsent(child);
      }
    }
  }

  private touch(node: number): void {
    if (this.stack.touchedBy[node] === this.layer) return;
    this.stack.touchedBy[node] = this.layer;
    this.changes.begin(this.tree, node);
  }

  private describe(entry: number): string {
    return `/${printable(this.view.path(entry))} in layer ${this.layer}`;
  }
}
