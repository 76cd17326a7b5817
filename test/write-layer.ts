import { paxHeader, type TarEntry, writeTar } from './engines/corpus/tar-header.ts';

/** What a test puts at a path of a layer. */
export type Item = Omit<TarEntry, 'name'>;
type Attributes = Pick<Item, 'mode' | 'uid' | 'gid' | 'mtime'>;

/** Names with what stands there; a list of pairs where a name comes twice. */
type Items = Readonly<Record<string, Item>> | readonly (readonly [name: string, item: Item])[];

/** A regular file; a number is a size, whose bytes are all `x`. */
export function file(content: number | string | Buffer, attributes: Attributes = {}): Item {
  return { content: typeof content === 'number' ? 'x'.repeat(content) : content, ...attributes };
}

/** The same size as `file(size)`, other bytes. */
export const otherFile = (size: number, attributes: Attributes = {}): Item => file('y'.repeat(size), attributes);
export const dir = (attributes: Attributes = {}): Item => ({ type: '5', mode: 0o755, ...attributes });
export const symlink = (link: string): Item => ({ type: '2', link, mode: 0o777 });
export const hardLink = (link: string): Item => ({ type: '1', link });
export const fifo = (): Item => ({ type: '6' });
export const charDevice = (major: number, minor: number): Item => ({ type: '3', device: [major, minor] });
/** The item of any whiteout: its name says what it does. */
export const whiteout: Item = { mode: 0 };

/** A layer as a tar, in the order given. */
export function layer(items: Items): Buffer {
  const pairs = Array.isArray(items) ? (items as Extract<Items, readonly unknown[]>) : Object.entries(items);
  return writeTar(pairs.flatMap(([name, item]) => tarEntries(name, item)));
}

/** A name or a link that does not fit its field goes to a PAX record. */
function tarEntries(name: string, item: Item): TarEntry[] {
  const path = item.type === '5' && !name.endsWith('/') ? `${name}/` : name;
  const link = item.link ?? '';
  const tooLong = (value: string | Buffer): boolean => Buffer.from(value).length > 100;
  if (!tooLong(path) && !tooLong(link)) return [{ ...item, name: path }];
  return [paxHeader({ path, ...(link === '' ? {} : { linkpath: link }) }), { ...item, name: 'long', link: '' }];
}
