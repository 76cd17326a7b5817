import { problem } from '../errors.ts';
import type { Reference } from '../image/reference.ts';
import type { RegistryOptions } from '../registry/registry-client.ts';
import type { Host } from './host.ts';
import type { RegistryArguments } from './options.ts';

/** Longer than any token that serves as a password, in bytes. */
const passwordLimit = 64 * 1024;

/**
 * What the command line says of registries. Standard input is read if the password is there.
 * @throws LayerscopeError `usage`
 */
export async function registryAccess(
  host: Host,
  args: RegistryArguments,
  reference: Reference,
): Promise<RegistryOptions> {
  const { username, 'password-stdin': fromStdin, 'tls-ca': tlsCa, insecure } = args;
  const { env } = host;
  if (fromStdin !== (username !== undefined))
    throw problem('usage', { message: '--username and --password-stdin go together.' });
  if (fromStdin && reference.from === 'stdin')
    throw problem('usage', { message: '--password-stdin: standard input is the image already.' });
  const login = username === undefined ? null : { username, password: await readPassword(host) };
  return { env, login, tlsCa: tlsCa ?? null, insecure };
}

/** Without the line break that `echo` adds. */
async function readPassword({ stdin }: Host): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of stdin as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > passwordLimit) throw problem('usage', { message: '--password-stdin: that is too long for a password.' });
    pieces.push(piece);
  }
  const password = Buffer.concat(pieces)
    .toString('utf8')
    .replace(/\r?\n$/, '');
  if (password === '') throw problem('usage', { message: '--password-stdin: standard input is empty.' });
  return password;
}
