import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import { problem, reasonOf } from '../errors.ts';

/** How connections over TLS are made. */
export interface TlsSettings {
  /** Whom to trust; absent: whom Node trusts. */
  readonly secureContext?: SecureContext;
  readonly rejectUnauthorized: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Settings for a registry: authorities beside the usual ones come from a file, and from where Docker and podman look for
 * those of this registry (`certs.d/HOST:PORT/*.crt`).
 * @param registry host and port as in the image's name
 * @param authority PEM file of the user's
 * @throws LayerscopeError `not-readable`, `invalid-authority`
 */
export function tlsSettings(
  registry: string,
  authority: string | null,
  insecure: boolean,
  env: Environment,
): TlsSettings {
  const files = [...(authority === null ? [] : [authority]), ...certificatesFor(registry, env)];
  const rejectUnauthorized = !insecure;
  if (files.length === 0) return { rejectUnauthorized };
  // What Node adds for everybody is lost as soon as a list is given, so it is added here again.
  const extra = env['NODE_EXTRA_CA_CERTS'] || null;
  const ca = [...rootCertificates, ...[...files, ...(extra === null ? [] : [extra])].map(readAuthority)];
  return { secureContext: createSecureContext({ ca }), rejectUnauthorized };
}

function readAuthority(path: string): string {
  let pem: string;
  try {
    pem = readFileSync(path, 'utf8');
  } catch (error) {
    throw problem('not-readable', { path, reason: (error as NodeJS.ErrnoException).code ?? reasonOf(error) }, error);
  }
  try {
    // OpenSSL passes over what is no certificate in such a list, and the file would be without effect.
    checkCertificate(pem);
  } catch (error) {
    throw problem('invalid-authority', { path }, error);
  }
  return pem;
}

/** @throws what Node says of it */
function checkCertificate(pem: string): X509Certificate {
  return new X509Certificate(pem);
}

function certificatesFor(registry: string, env: Environment): string[] {
  const configHome = env['XDG_CONFIG_HOME'] || join(env['HOME'] || homedir(), '.config');
  return ['/etc/docker', '/etc/containers', join(configHome, 'docker'), join(configHome, 'containers')].flatMap(
    (place) => {
      const folder = join(place, 'certs.d', registry);
      return namesIn(folder)
        .filter((name) => name.endsWith('.crt'))
        .map((name) => join(folder, name));
    },
  );
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
}
