import type { Readable } from 'node:stream';
import { LayerscopeError, problem } from '../errors.ts';
import type { EngineKind } from '../image/image.ts';
import type { ImageName } from '../image/image-name.ts';
import type { Platform } from '../image/platform.ts';
import type { Reference } from '../image/reference.ts';
import { locateArchive, type LocatedArchive } from './locate.ts';

/** Where an image is. */
export type FoundImage =
  | { readonly from: 'archive'; readonly archive: LocatedArchive }
  | {
      readonly from: 'registry';
      /** As the user named it. */
      readonly text: string;
      readonly name: ImageName;
      /** Why it was looked for nowhere else, or not found there: a line each. Empty where the user named the registry. */
      readonly elsewhere: readonly string[];
    };

/** What finding an image takes. */
export interface FindOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  /** The operating system, as `process.platform` has it. */
  readonly system: string;
  /** The platform asked for, if any: an engine may have several. */
  readonly platform: Platform | null;
}

/**
 * Finds an image: a bare name is a file, else an engine's that answers and has it, else a registry's.
 * @throws LayerscopeError `not-found`, or whatever an engine that was asked for complains of
 */
export async function findImage(reference: Reference, options: FindOptions): Promise<FoundImage> {
  switch (reference.from) {
    case 'registry':
      return { from: 'registry', text: reference.text, name: reference.name, elsewhere: [] };
    case 'engine':
      return { from: 'archive', archive: await inEngine(reference.kind, reference.name, reference.text, options) };
    case 'stdin':
    case 'path': {
      const archive = locateArchive(reference, options.stdin);
      if (archive !== null) return { from: 'archive', archive };
      if (reference.from === 'stdin' || reference.name === null)
        throw problem('not-found', { path: reference.from === 'path' ? reference.path : reference.text });
      return findByName(reference.text, reference.name, options);
    }
  }
}

async function findByName(text: string, name: ImageName, options: FindOptions): Promise<FoundImage> {
  const elsewhere: string[] = ['There is no such file.'];
  for (const kind of ['docker', 'podman'] as const) {
    try {
      return { from: 'archive', archive: await inEngine(kind, text, text, options) };
    } catch (error) {
      if (!(error instanceof LayerscopeError)) throw error;
      elsewhere.push(shortly(kind, error));
    }
  }
  return { from: 'registry', text, name, elsewhere };
}

/** What goes without saying of an engine that nobody named needs no advice. */
function shortly(kind: EngineKind, { code, message }: LayerscopeError): string {
  if (code === 'no-engine') return `No ${kind} answers.`;
  return code === 'no-engine-image' ? `${kind} does not have it.` : message;
}

/** @throws LayerscopeError if the engine does not answer, or does not have it */
async function inEngine(
  kind: EngineKind,
  name: string,
  text: string,
  { env, system, platform }: FindOptions,
): Promise<LocatedArchive> {
  // Loaded when needed: whoever reads a file does not wait for it.
  const { connectDocker, connectPodman } = await import('../engine/connect.ts');
  const engine = await (kind === 'docker' ? connectDocker : connectPodman)({ env, platform: system });
  try {
    if (!(await engine.has(name))) throw problem('no-engine-image', { kind, name, address: engine.address });
  } catch (error) {
    engine.close();
    throw error;
  }
  return {
    text,
    path: `${engine.kind}:${name}`,
    selector: null,
    kind: null,
    engine: engine.kind,
    is: 'stream',
    open: async function* () {
      try {
        yield* await engine.export(name, platform);
      } finally {
        engine.close();
      }
    },
  };
}
