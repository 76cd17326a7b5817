import { type FileHandle, open, stat } from 'node:fs/promises';
import { LayerscopeError, problem, reasonOf } from '../errors.ts';

/** Bytes of a configuration. People write a few hundred. */
const limit = 2 ** 20;

/** Reads a file that was asked for by name. A pipe will do. @throws LayerscopeError invalid-config */
export async function readConfigFile(path: string): Promise<string> {
  try {
    const file = await open(path);
    try {
      return decode(path, await readUpTo(file, limit + 1));
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

/**
 * Reads a file if it is there. Only a regular one: a pipe that happens to have the name would keep the command waiting.
 * @throws LayerscopeError invalid-config
 */
export async function readFoundFile(path: string): Promise<string | null> {
  try {
    if (!(await stat(path)).isFile()) throw problem('invalid-config', { path, line: null, reason: 'is no file' });
  } catch (error) {
    if (isMissing(error)) return null;
    throw unreadable(path, error);
  }
  return await readConfigFile(path);
}

async function readUpTo(file: FileHandle, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

/** The text, without a byte-order mark. */
function decode(path: string, bytes: Buffer): string {
  if (bytes.length > limit)
    throw problem('invalid-config', {
      path,
      line: null,
      reason: `has more than ${limit} bytes, which no configuration has`,
    });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw problem('invalid-config', { path, line: null, reason: 'is not UTF-8 text' }, error);
  }
}

function unreadable(path: string, error: unknown): Error {
  if (error instanceof LayerscopeError) return error;
  const reason = isMissing(error) ? 'no such file' : `cannot be read (${reasonOf(error)})`;
  return problem('invalid-config', { path, line: null, reason }, error);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
