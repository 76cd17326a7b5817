import { fillContent } from './content.js';

/** @typedef {import('./tree.js').TreeEntry} TreeEntry */

const block = 512;
const chunkBytes = 1024 * 1024;

/** @type {Readonly<Record<TreeEntry['type'], string>>} */
const flags = { file: '0', hardlink: '1', symlink: '2', dir: '5' };

/**
 * One header, in the form that Go's archive/tar writes.
 * @param {{ name: string, size: number, flag: string, mode: number, link: string }} header
 * @returns {Buffer}
 */
export function header({ name, size, flag, mode, link }) {
  const bytes = Buffer.alloc(block);
  bytes.write(name, 0, 100, 'latin1');
  bytes.write(octal(mode, 7), 100);
  bytes.write(octal(0, 7), 108);
  bytes.write(octal(0, 7), 116);
  bytes.write(octal(size, 11), 124);
  bytes.write(octal(1_700_000_000, 11), 136);
  bytes.write('        ', 148);
  bytes.write(flag, 156);
  bytes.write(link, 157, 100, 'latin1');
  bytes.write('ustar\x0000', 257, 'latin1');
  bytes.write(octal(0, 7), 329);
  bytes.write(octal(0, 7), 337);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${octal(sum, 6)}\0 `, 148, 'latin1');
  return bytes;
}

/**
 * A tar of these entries, in chunks of 1 MiB. Each chunk is a buffer of its own.
 * @param {Iterable<TreeEntry>} entries
 * @returns {Generator<Buffer, void, void>}
 */
export function* tarChunks(entries) {
  let chunk = Buffer.alloc(chunkBytes);
  let used = 0;
  for (const entry of entries) {
    for (const bytes of headersOf(entry)) {
      // Both are multiples of 512, so a header never straddles two chunks.
      for (let at = 0; at < bytes.length; at += block) {
        bytes.copy(chunk, used, at, at + block);
        used += block;
        if (used === chunkBytes) {
          yield chunk;
          chunk = Buffer.alloc(chunkBytes);
          used = 0;
        }
      }
    }
    if (entry.type !== 'file') continue;
    for (let done = 0; done < entry.size;) {
      const piece = Math.min(entry.size - done, chunkBytes - used);
      fillContent(chunk, used, piece, entry.content, done);
      done += piece;
      used += padded(piece);
      if (used === chunkBytes) {
        yield chunk;
        chunk = Buffer.alloc(chunkBytes);
        used = 0;
      }
    }
  }
  yield chunk.subarray(0, used);
  yield Buffer.alloc(2 * block);
}

/** @param {number} size */
export function padded(size) {
  return Math.ceil(size / block) * block;
}

/**
 * @param {TreeEntry} entry
 * @returns {Buffer[]}
 */
function headersOf(entry) {
  const name = entry.type === 'dir' ? `${entry.path}/` : entry.path;
  const link = entry.type === 'symlink' || entry.type === 'hardlink' ? entry.target : '';
  const size = entry.type === 'file' ? entry.size : 0;
  const mode = entry.type === 'dir' ? 0o755 : 0o644;
  const own = header({ name, size, flag: flags[entry.type], mode, link });
  const records = [name.length > 100 ? record('path', name) : '', link.length > 100 ? record('linkpath', link) : ''];
  const extension = Buffer.from(records.join(''), 'latin1');
  if (extension.length === 0) return [own];
  const slash = entry.path.lastIndexOf('/');
  const extensionName = `${entry.path.slice(0, slash)}/PaxHeaders.0${entry.path.slice(slash)}`;
  const content = Buffer.alloc(padded(extension.length));
  extension.copy(content);
  return [header({ name: extensionName, size: extension.length, flag: 'x', mode: 0, link: '' }), content, own];
}

/**
 * A PAX record: its length counts itself.
 * @param {string} keyword
 * @param {string} value
 */
function record(keyword, value) {
  const rest = ` ${keyword}=${value}\n`;
  let length = rest.length;
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
  return `${length}${rest}`;
}

/**
 * @param {number} value
 * @param {number} digits
 */
function octal(value, digits) {
  return value.toString(8).padStart(digits, '0');
}
