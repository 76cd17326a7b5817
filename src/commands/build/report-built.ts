import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RequestedBuild } from '../../builds/arguments/requested-build.ts';
import type { BuilderProgram } from '../../builds/builder-program.ts';
import type { Config } from '../../config/config.ts';
import { problem, reasonOf } from '../../errors.ts';
import type { Report } from '../../report/report.ts';
import { analyzeCache } from '../analyze-cache.ts';
import { analyzeImage, hashImage } from '../analyze-image.ts';
import type { Host } from '../host.ts';
import { interruptible } from '../interrupt.ts';
import { loadImage } from '../load-image.ts';
import { mapImage } from '../map-image.ts';
import { createProgressLine } from '../progress-line.ts';

export interface ReportRequested {
  readonly program: BuilderProgram;
  readonly requested: RequestedBuild;
  /** Null where it cannot be read. */
  readonly file: string | null;
  /** Of the image. */
  readonly id: string;
  readonly config: Config;
}

/** Everything there is to say about an image that was just built. @throws LayerscopeError */
export async function reportBuilt(host: Host, wanted: ReportRequested): Promise<Report> {
  const { program, id } = wanted;
  switch (program) {
    case 'docker':
    case 'buildx':
      return await analyzeBuilt(host, wanted, `docker:${id}`);
    case 'podman':
      return await throughArchive(host, wanted, (archive) => ['save', '--quiet', '--uncompressed', '--format=oci-archive', '-o', archive, id]);
    case 'buildah':
      return await throughArchive(host, wanted, (archive) => ['push', '--quiet', '--disable-compression', id, `oci-archive:${archive}`]);
  }
}

/** podman's API is seldom there, and buildah has none: they write the image to a file. */
async function throughArchive(
  host: Host,
  wanted: ReportRequested,
  save: (archive: string) => readonly string[],
): Promise<Report> {
  const { program, id } = wanted;
  const folder = mkdtempSync(join(tmpdir(), 'layerscope-build-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  return interruptible(host, remove, async () => {
    try {
      const archive = join(folder, 'image');
      await promisify(execFile)(program, save(archive), { env: host.env }).catch((error: unknown) => {
        const said = ((error as { readonly stderr?: string }).stderr ?? '').trim();
        throw problem('image-not-saved', { program, image: id, said: said.split('\n').at(-1) || reasonOf(error) }, error);
      });
      return await analyzeBuilt(host, wanted, `oci-archive:${archive}`);
    } finally {
      remove();
    }
  });
}

async function analyzeBuilt(host: Host, { requested, file, id, config }: ReportRequested, image: string): Promise<Report> {
  const { target, buildArgs, platform, tags, context } = requested;
  const args = {
    image,
    platform: platform ?? undefined,
    verify: false,
    dockerfile: file ?? undefined,
    target: target ?? undefined,
    'build-arg': [...buildArgs].map(([name, value]) => `${name}=${value}`),
    base: undefined,
    'metadata-file': undefined,
    username: undefined,
    'password-stdin': false,
    'tls-ca': undefined,
    insecure: false,
    'index-cache': true,
  };
  const progress = createProgressLine(host, false);
  try {
    const loaded = await loadImage(host, args, progress);
    // A file that is gone by then is no name to show.
    const named = { ...loaded, image: { ...loaded.image, reference: tags[0] ?? id } };
    const mapped = await mapImage(host, named, args);
    const cached = await analyzeCache(host, named, mapped, { context: directoryOf(context), builder: undefined }, config);
    return analyzeImage(named, hashImage(named), mapped, cached, config);
  } finally {
    progress.clear();
  }
}

/** A context may be a URL, or standard input; there is nothing to read then. */
function directoryOf(context: string | null): string | undefined {
  return context !== null && existsSync(context) ? context : undefined;
}
