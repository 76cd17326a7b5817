import { skopeoCopy } from '../skopeo.ts';
import type { Registry } from './start-registry.ts';

/**
 * Copies an image into a registry of the test's own.
 * @param source in skopeo's words, such as `oci:DIR:TAG`
 * @param name such as `acme/app:1`
 * @param temporary a folder for what skopeo keeps meanwhile
 */
export async function pushImage(
  { host }: Pick<Registry, 'host'>,
  source: string,
  name: string,
  temporary: string,
  options: readonly string[] = [],
): Promise<void> {
  // What is tested is how layerscope connects, so how skopeo does is no matter.
  await skopeoCopy(source, `docker://${host}/${name}`, temporary, ['--dest-tls-verify=false', ...options]);
}
