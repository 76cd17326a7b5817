import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Entry, bytes } from './entry.ts';

const CLI = fileURLToPath(new URL('../../../dist/bin.js', import.meta.url));
const TIMEOUT_MS = 60_000;

/** One element of the array `layerscope ls -R --json` prints. */
interface ListedEntry extends Omit<Entry, 'type'> {
  readonly type: string;
  readonly pathBase64?: string;
}

/** An entry of the CLI's listing, comparable with a truth's: `path` a byte string again, `linkTarget` as text. */
export type Listed = Omit<Entry, 'type'> & { readonly type: string };

/** Runs the built CLI, as a user would, and returns its listing in the order it printed. */
export async function listWithCli(reference: string): Promise<readonly Listed[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [CLI, 'ls', '-R', '--json', reference], {
    maxBuffer: 256 * 1024 * 1024,
    timeout: TIMEOUT_MS,
  });
  return (JSON.parse(stdout) as ListedEntry[]).map(({ path, pathBase64, type, size, mode, uid, gid, linkTarget }) => ({
    path: pathBase64 === undefined ? bytes(path) : Buffer.from(pathBase64, 'base64').toString('latin1'),
    type,
    size,
    mode,
    uid,
    gid,
    linkTarget,
  }));
}

/** A truth's entry as the CLI must print it: JSON has no bytes, so a link target is text with U+FFFD. */
export function asListed(entry: Entry): Listed {
  const { linkTarget } = entry;
  return {
    ...entry,
    linkTarget: linkTarget === null ? null : Buffer.from(linkTarget, 'latin1').toString('utf8'),
  };
}
