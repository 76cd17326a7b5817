import { readFile, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { Buildah } from '../buildah.ts';
import type { Docker } from '../docker.ts';
import { ZSTD_LAYERS, skopeoCopy } from '../skopeo.ts';
import type { StoredForm } from './built-image.ts';
import { writeGzipDockerArchive } from './docker-archive.ts';
import { type LayerBlob, writeOciLayout } from './oci-layout.ts';

/** The tag of every OCI layout of the corpus. */
export const TAG = 'image';

/** What a docker archive of a hand-made image is called once it is loaded. */
export const LOCAL_NAME = `localhost/${TAG}:latest`;

/** An OCI layout directory, for umoci, and every other form the image is stored in. */
export interface Stored {
  readonly layout: string;
  readonly forms: readonly StoredForm[];
}

/** Each image has its builder's own form and, in turn, one of the others: all forms times all images would add nothing. */
export async function storeDockerImage(docker: Docker, tag: string, base: string, turn: number): Promise<Stored> {
  const archive = `${base}.docker.tar`;
  await docker.save(tag, archive);
  const layout = `${base}.oci`;
  await skopeoCopy(`docker-archive:${archive}`, `oci:${layout}:${TAG}`, base);
  const forms = [
    { form: 'docker save', reference: archive },
    { form: 'oci directory, gzip layers', reference: `oci:${layout}:${TAG}` },
    await another(layout, archive, base, turn),
  ];
  return { layout, forms };
}

export async function storeBuildahImage(buildah: Buildah, tag: string, base: string, turn: number): Promise<Stored> {
  const archive = `${base}.docker.tar`;
  await buildah.push(tag, `docker-archive:${archive}`);
  const layout = `${base}.oci`;
  await buildah.push(tag, `oci:${layout}:${TAG}`, ['--disable-compression']);
  const forms = [
    { form: 'buildah docker-archive', reference: `docker-archive:${archive}` },
    { form: 'oci directory, plain layers', reference: `oci:${layout}:${TAG}` },
    await another(layout, archive, base, turn),
  ];
  return { layout, forms };
}

/** The second form is an archive that docker can load, made by skopeo or, with gzip layers, as kaniko makes it. */
export async function storeHandMadeImage(
  layers: readonly LayerBlob[],
  base: string,
  turn: number,
): Promise<Stored & { readonly archive: string }> {
  const layout = `${base}.oci`;
  await writeOciLayout(layout, TAG, layers);
  const first = { form: 'oci directory', reference: `oci:${layout}:${TAG}` };
  const archive = `${base}.docker.tar`;
  // skopeo refuses to make a docker archive of zstd layers.
  if (turn % 2 === 1 || layers.some(({ compressed }) => compressed?.as === 'zstd')) {
    await writeGzipDockerArchive(archive, LOCAL_NAME, layers);
    return { layout, archive, forms: [first, { form: 'docker archive, gzip layers', reference: archive }] };
  }
  await skopeoCopy(`oci:${layout}:${TAG}`, `docker-archive:${archive}:${LOCAL_NAME}`, base);
  return { layout, archive, forms: [first, { form: 'skopeo docker-archive', reference: archive }] };
}

async function another(layout: string, archive: string, base: string, turn: number): Promise<StoredForm> {
  switch (turn % 4) {
    case 0: {
      await skopeoCopy(`oci:${layout}:${TAG}`, `oci:${base}.zstd:${TAG}`, base, ZSTD_LAYERS);
      return { form: 'oci directory, zstd layers', reference: `oci:${base}.zstd:${TAG}` };
    }
    case 1: {
      await skopeoCopy(`oci:${layout}:${TAG}`, `oci-archive:${base}.oci.tar:${TAG}`, base);
      return { form: 'oci archive', reference: `${base}.oci.tar` };
    }
    case 2: {
      await skopeoCopy(`oci:${layout}:${TAG}`, `oci-archive:${base}.zstd.tar:${TAG}`, base, ZSTD_LAYERS);
      return { form: 'oci archive, zstd layers', reference: `oci-archive:${base}.zstd.tar` };
    }
    default: {
      await writeFile(`${archive}.gz`, gzipSync(await readFile(archive), { level: 1 }));
      return { form: 'gzipped docker archive', reference: `${archive}.gz` };
    }
  }
}
