/** Who wrote a step of a history. The first four build from a Dockerfile. */
export type Builder =
  DockerfileBuilder | 'ko' | 'jib' | 'bazel' | 'nix' | 'buildpacks' | 'commit' | 'import' | 'squash' | 'unknown';

export type DockerfileBuilder = 'buildkit' | 'classic' | 'buildah' | 'kaniko';

export const dockerfileBuilders = ['buildkit', 'classic', 'buildah', 'kaniko'] as const;

export function isDockerfileBuilder(builder: Builder): builder is DockerfileBuilder {
  return dockerfileBuilders.some((each) => each === builder);
}

/**
 * What a history keeps of an instruction, or would keep of one: the two are compared in this form. Keywords are in upper
 * case.
 */
export type StepRecord =
  /** RUN: the command line with its shell, after `|N NAME=value …` for N build arguments. */
  | { readonly kind: 'command'; readonly text: string }
  /** Only of an instruction: a command line that names a file, and the command is what is in that. */
  | { readonly kind: 'script'; readonly text: string }
  /** COPY and ADD of the classic builder and buildah: a hash stands for the sources. */
  | {
      readonly kind: 'copy';
      readonly keyword: string;
      readonly sources: 'file' | 'dir' | 'multi';
      readonly destination: string;
    }
  /** Only of an instruction: what the text ends with, where the start depends on the base image. */
  | { readonly kind: 'end'; readonly keyword: string; readonly text: string }
  /** Everything else: the keyword and what follows it. */
  | { readonly kind: 'text'; readonly keyword: string; readonly text: string };
