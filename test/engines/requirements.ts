import { accessSync, constants } from 'node:fs';
import { basename } from 'node:path';

/** Every program the suite runs, at the path where Debian puts it. */
export const PROGRAMS = {
  docker: '/usr/bin/docker',
  dockerd: '/usr/sbin/dockerd',
  containerd: '/usr/bin/containerd',
  buildah: '/usr/bin/buildah',
  skopeo: '/usr/bin/skopeo',
  umoci: '/usr/bin/umoci',
  busybox: '/bin/busybox',
  tar: '/usr/bin/tar',
  bsdtar: '/usr/bin/bsdtar',
  zstd: '/usr/bin/zstd',
  python3: '/usr/bin/python3',
  setpriv: '/usr/bin/setpriv',
  dockerRegistry: '/usr/bin/docker-registry',
  openssl: '/usr/bin/openssl',
  mknod: '/usr/bin/mknod',
} as const;

/** Docker's other client, which Debian 12 has none of. */
export const BUILDX = '/usr/libexec/docker/cli-plugins/docker-buildx';

/** What this machine lacks to run the engines, by name; empty when they can run. */
export function missingEngines(): readonly string[] {
  return missingPrograms(Object.values(PROGRAMS));
}

/** Which of these programs are not there, by name, and what else an engine cannot do without. */
export function missingPrograms(paths: readonly string[]): readonly string[] {
  if (process.platform !== 'linux') return [`Linux (this is ${process.platform})`];
  const missing = paths.filter((path) => !executable(path)).map((path) => basename(path));
  // dockerd, mknod and chown in an unpacked image all need it.
  return process.getuid?.() === 0 ? missing : [...missing, 'root'];
}

/** CI sets this: there, an engine that is missing is a failure and not a skipped test. */
export function enginesRequired(): boolean {
  return process.env['LAYERSCOPE_REQUIRE_ENGINES'] === '1';
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
