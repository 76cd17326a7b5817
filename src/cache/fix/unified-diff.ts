import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { FixedFile } from './fix.ts';

/**
 * The changes as a unified diff that `patch -p1` and `git apply` take.
 * @param nameOf a file's path from where the diff is to be applied, `/`-separated
 */
export function unifiedDiff(files: readonly FixedFile[], nameOf: (role: FixedFile['role']) => string): string {
  return files
    .filter(({ before, after }) => before !== after)
    .map(({ role, before, after }) => {
      const name = nameOf(role);
      const old = before === null ? '/dev/null' : quoted(`a/${name}`);
      return createTwoFilesPatch(old, quoted(`b/${name}`), before ?? '', after, undefined, undefined, {
        context: 3,
        headerOptions: FILE_HEADERS_ONLY,
      });
    })
    .join('');
}

/** As git writes names that a tool could misread. */
function quoted(name: string): string {
  return /^[\x21\x23-\x5b\x5d-\x7e ]+$/.test(name)
    ? name
    : `"${[...Buffer.from(name, 'utf8')].map((byte) => (byte < 0x20 || byte > 0x7e ? `\\${byte.toString(8).padStart(3, '0')}` : byte === 0x22 || byte === 0x5c ? `\\${String.fromCharCode(byte)}` : String.fromCharCode(byte))).join('')}"`;
}
