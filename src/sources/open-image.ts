import { LayerscopeError, problem } from '../errors.ts';
import type { RegistryOptions } from '../registry/registry-client.ts';
import type { OpenedImage } from './assemble.ts';
import type { FoundImage } from './find-image.ts';
import { openArchive, type OpenOptions } from './open-archive.ts';

/**
 * Opens an image wherever it is.
 * @throws LayerscopeError if there is none, or its metadata is not what it claims to be
 */
export async function openImage(
  found: FoundImage,
  options: OpenOptions & { readonly registry: RegistryOptions },
): Promise<OpenedImage> {
  if (found.from === 'archive') return openArchive(found.archive, options);
  // Loaded when needed: whoever reads a file does not wait for it.
  const [{ connectRegistry }, { openRegistryImage }] = await Promise.all([
    import('../registry/registry-client.ts'),
    import('./registry-image.ts'),
  ]);
  const { name, text, elsewhere } = found;
  const client = connectRegistry(name, options.registry);
  try {
    return { ...(await openRegistryImage(client, name, text, options.platform)), close: () => client.close() };
  } catch (error) {
    await client.close();
    if (!(error instanceof LayerscopeError) || elsewhere.length === 0) throw error;
    throw problem('found-nowhere', { name: text, reasons: [...elsewhere, error.message] }, error);
  }
}
