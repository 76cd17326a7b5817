import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testFolder } from './fake-engine.ts';

export interface Certificates {
  /** Holds ca.pem, cert.pem and key.pem of a client. */
  readonly folder: string;
  /** For a server named `localhost`. */
  readonly server: { readonly ca: Buffer; readonly cert: Buffer; readonly key: Buffer };
}

/** A CA made on the spot, with a server and a client that it vouches for. */
export function makeCertificates(): Certificates {
  const folder = testFolder();
  const at = (name: string): string => join(folder, name);
  const openssl = (...args: readonly string[]): Buffer => execFileSync('openssl', args, { stdio: 'pipe', cwd: folder });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl('req', '-x509', ...key, '-keyout', 'ca-key.pem', '-out', 'ca.pem', '-subj', '/CN=test CA', '-days', '2');
  const sign = (prefix: string, extension: string): void => {
    writeFileSync(at(`${prefix}ext`), extension);
    openssl('req', ...key, '-keyout', `${prefix}key.pem`, '-out', `${prefix}csr`, '-subj', '/CN=localhost');
    const by = ['-CA', 'ca.pem', '-CAkey', 'ca-key.pem', '-CAcreateserial', '-days', '2'];
    openssl('x509', '-req', '-in', `${prefix}csr`, ...by, '-extfile', `${prefix}ext`, '-out', `${prefix}cert.pem`);
  };
  sign('server-', 'subjectAltName=DNS:localhost');
  sign('', 'extendedKeyUsage=clientAuth');
  const read = (name: string): Buffer => readFileSync(at(name));
  return { folder, server: { ca: read('ca.pem'), cert: read('server-cert.pem'), key: read('server-key.pem') } };
}
