import { problem } from '../errors.ts';
import type { Descriptor } from '../image/descriptor.ts';
import { type Digest, isDigest } from '../image/digest.ts';
import type { ImageName } from '../image/image-name.ts';
import { metadataLimit } from '../image/metadata.ts';
import type { RemoteBlob } from '../layer/remote-blob.ts';
import type { FoundCredentials } from './credentials.ts';
import { findCredentials } from './find-credentials.ts';
import { manifestLimit } from './limits.ts';
import { defaultPace } from './pace.ts';
import { readBody } from './read-body.ts';
import { readRange } from './read-range.ts';
import { RepositorySession } from './repository-session.ts';
import { streamBlob } from './stream-blob.ts';
import { tlsSettings } from './tls-settings.ts';
import { digestOf, hashFor, verify } from './verify.ts';

export interface RegistryOptions {
  /** Where credentials and proxies are told; it is also what credential helpers are run with. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Given by the user: nothing else is looked for. */
  readonly login: { readonly username: string; readonly password: string } | null;
  /** PEM file with an authority to trust beside the usual ones. */
  readonly tlsCa: string | null;
  /** Takes certificates unseen, and plain HTTP where there is no HTTPS. */
  readonly insecure: boolean;
}

export interface RegistryManifest {
  readonly bytes: Buffer;
  /** As the registry says; null if it does not. */
  readonly mediaType: string | null;
  readonly digest: Digest;
}

/** One repository of a registry (OCI distribution-spec). Every failure is a LayerscopeError. */
export interface RegistryClient {
  /**
   * A manifest or an index, by tag or digest; verified if that is a digest.
   * @throws LayerscopeError `image-not-found`, `metadata-too-large`, `wrong-digest`, `unsupported-manifest`
   */
  readonly manifest: (reference: string) => Promise<RegistryManifest>;
  /** A small blob, such as a configuration: at most `metadataLimit` bytes; verified. */
  readonly blob: (descriptor: Pick<Descriptor, 'digest' | 'size'>) => Promise<Buffer>;
  readonly remoteBlob: (descriptor: Descriptor) => RemoteBlob;
  /** Ends every connection, and what is still asked for fails. */
  readonly close: () => Promise<void>;
}

const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** Docker's of before 2015, for which registries make one up where they know no other. */
const schema1 = /^application\/vnd\.docker\.distribution\.manifest\.v1\+/;

/**
 * Gives access to a repository. Nothing is sent before something is asked for.
 * @throws LayerscopeError `not-readable`, `invalid-authority`
 */
export function connectRegistry(
  name: ImageName,
  { env, login, tlsCa, insecure }: RegistryOptions,
  pace = defaultPace,
): RegistryClient {
  const given: FoundCredentials | null =
    login === null ? null : { credentials: { kind: 'password', ...login, from: '--username' }, failure: null };
  const session = new RepositorySession({
    name,
    env,
    tls: tlsSettings(name.registry, tlsCa, insecure, env),
    insecure,
    findCredentials: async () => given ?? (await findCredentials(name, env)),
    pace,
  });
  const pathOf = (digest: string): string => `${name.registry}/${name.repository}@${digest}`;

  return {
    manifest: async (reference) => await session.patience().attempt(() => readManifest(session, reference)),
    blob: async ({ digest, size }) => {
      const path = pathOf(digest);
      if (size > metadataLimit) throw problem('metadata-too-large', { path, size, limit: metadataLimit });
      const chunks: Buffer[] = [];
      for await (const chunk of streamBlob(session, { digest, size, path }, pace.limits)) chunks.push(chunk);
      return Buffer.concat(chunks);
    },
    remoteBlob: ({ digest, size, mediaType, annotations }) => ({
      digest,
      size,
      mediaType,
      annotations,
      open: () => streamBlob(session, { digest, size, path: pathOf(digest) }, pace.limits),
      read: (offset, length) => readRange(session, digest, offset, length),
    }),
    close: () => session.close(),
  };
}

async function readManifest(session: RepositorySession, reference: string): Promise<RegistryManifest> {
  const answer = await session.get(`manifests/${reference}`, { accept: manifestTypes });
  const bytes = await readBody(answer, manifestLimit);
  const { image } = session;
  if (bytes === null) {
    const size = Number(answer.header('content-length') ?? manifestLimit + 1);
    throw problem('metadata-too-large', { path: image, size, limit: manifestLimit });
  }
  const mediaType = answer.header('content-type')?.split(';', 1)[0]?.trim() ?? null;
  if (mediaType !== null && schema1.test(mediaType)) throw problem('unsupported-manifest', { image, mediaType });
  const said = answer.header('docker-content-digest');
  // By a tag, what the registry itself says is all that the bytes can be held against.
  const expected = isDigest(reference) ? reference : said !== null && isDigest(said) ? said : null;
  if (expected === null) return { bytes, mediaType, digest: digestOf(bytes) };
  verify(hashFor(expected).update(bytes), expected, image);
  return { bytes, mediaType, digest: expected };
}
