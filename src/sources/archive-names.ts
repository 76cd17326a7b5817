import { cleanPath } from '../layer/clean-path.ts';
import { EntryType } from '../layer/entry-type.ts';
import type { TarEntry } from '../layer/tar/tar-entry.ts';
import type { ByteString } from '../text/byte-string.ts';

/** Links in archives are one step long (`docker save` links layers that are alike); more is a loop. */
const hopLimit = 8;

/** The names of an archive: what each stands for, with links between them resolved. */
export class ArchiveNames<Item> {
  private readonly items = new Map<ByteString, { item: Item } | { link: ByteString }>();

  /** Notes an entry; a later one of the same name replaces it. @param item what a regular file stands for */
  add(entry: TarEntry, item: Item): void {
    const name = cleanPath(entry.path);
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

  get size(): number {
    return this.items.size;
  }
}
