import { join } from 'node:path';
import { readSettingsFile } from './settings-file.ts';

/** What a connection with TLS is made with, from files that are named as the docker client names them. */
export interface TlsMaterial {
  /** Where they are looked for. */
  readonly folder: string;
  readonly ca: Buffer | null;
  readonly cert: Buffer | null;
  readonly key: Buffer | null;
  /** Whether the engine has to prove who it is. */
  readonly verify: boolean;
}

/**
 * Reads `ca.pem`, `cert.pem` and `key.pem`, where they are: an engine may be certified by a public authority, and may
 * ask for no certificate.
 * @throws LayerscopeError `not-readable`
 */
export async function readTlsFolder(folder: string, verify: boolean): Promise<TlsMaterial> {
  const read = (name: string): Promise<Buffer | null> => readSettingsFile(join(folder, name));
  return { folder, ca: await read('ca.pem'), cert: await read('cert.pem'), key: await read('key.pem'), verify };
}

export function hasMaterial({ ca, cert, key }: TlsMaterial): boolean {
  return ca !== null || cert !== null || key !== null;
}
