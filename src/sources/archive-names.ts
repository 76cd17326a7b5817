import { problem } from '../errors.ts';
import { cleanPath } from '../layer/clean-path.ts';
import { EntryType } from '../layer/entry-type.ts';
import type { TarEntry } from '../layer/tar/tar-entry.ts';
import type { ByteString } from '../text/byte-string.ts';

/** Links in archives are one step long (`docker save` links layers that are alike); more is a loop. */
const hopLimit = 8;

/** Archives of images have some dozens of names, layouts that serve as caches some thousands. */
const nameLimit = 100_000;
const nameBytesLimit = 64 * 1024 * 1024;

/** The names of an archive: what each stands for, with links between them resolved. */
export class ArchiveNames<Item> {
  private readonly path: string;
  private readonly items = new Map<ByteString, { item: Item } | { link: ByteString }>();
  private bytes = 0;

  /** @param path names the archive in errors */
  constructor(path: string) {
    this.path = path;
  }

  /**
   * Notes an entry; a later one of the same name replaces it.
   * @param item what a regular file stands for
   * @throws LayerscopeError `not-an-image` for more names than any image has
   */
  add(entry: TarEntry, item: Item): void {
    if (entry.type === EntryType.dir) return;
    const name = cleanPath(entry.path);
    this.bytes += name.length + entry.linkPath.length;
    if (this.items.size >= nameLimit || this.bytes > nameBytesLimit)
      throw problem('not-an-image', { path: this.path, found: `a tar of more than ${this.items.size} files` });
    if (entry.type === EntryType.file) this.items.set(name, { item });
    else if (entry.type === EntryType.hardlink) this.items.set(name, { link: cleanPath(entry.linkPath) });
    else if (entry.type === EntryType.symlink) {
      const dir = name.slice(0, name.lastIndexOf('/') + 1);
      this.items.set(name, { link: cleanPath(dir + entry.linkPath) });
    }
  }

  get(name: string): Item | null {
    let wanted = cleanPath(name);
    for (let hop = 0; hop < hopLimit; hop++) {
      const found = this.items.get(wanted);
      if (found === undefined) return null;
      if ('item' in found) return found.item;
      wanted = found.link;
    }
    return null;
  }
}
