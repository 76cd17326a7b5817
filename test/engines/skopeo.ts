import { run } from './command.ts';
import { PROGRAMS } from './requirements.ts';

/** Copies an image between transports (`docker-archive:FILE`, `oci-archive:FILE:TAG`, `oci:DIR:TAG`). */
export async function skopeoCopy(
  source: string,
  destination: string,
  temporary: string,
  options: readonly string[] = [],
): Promise<void> {
  await run(PROGRAMS.skopeo, ['--insecure-policy', 'copy', '--quiet', ...options, source, destination], {
    env: { TMPDIR: temporary, HOME: temporary },
  });
}

export const ZSTD_LAYERS = ['--dest-compress-format', 'zstd'] as const;
