/** What builds: `docker build`, `docker buildx build`, `podman build`, `buildah build`. */
export type BuilderProgram = 'docker' | 'buildx' | 'podman' | 'buildah';

export const builderPrograms = ['docker', 'buildx', 'podman', 'buildah'] as const;

/**
 * The program and the words before the user's own. `docker build` is BuildKit or the classic builder, as DOCKER_BUILDKIT
 * and its version want it, and leaves the image in the engine; buildx uses the builder that was chosen with it, which may
 * not. buildah 1.28 and older know `bud` and `build`.
 */
export const buildCommands: Readonly<Record<BuilderProgram, readonly [file: string, ...words: string[]]>> = {
  docker: ['docker', 'build'],
  buildx: ['docker', 'buildx', 'build'],
  podman: ['podman', 'build'],
  buildah: ['buildah', 'build'],
};
