import type { DirectoryNode } from '../context/context-tree.ts';
import type { Dockerfile } from '../dockerfile/dockerfile.ts';
import type { ImageConfig } from '../image/config.ts';

/** An image that a stage starts from or copies from. */
export interface BaseImage {
  /** Same string, same image. What is compared where an image is not read is its reference. */
  readonly identity: string;
  /** Null where it was not read: its environment, working directory, user and triggers are not known then. */
  readonly config: ImageConfig | null;
}

/** All that a build's cache keys are made of. */
export interface BuildInputs {
  readonly dockerfile: Dockerfile;
  /** Name or number of a stage; null for the last one. */
  readonly target: string | null;
  readonly buildArgs: ReadonlyMap<string, string>;
  /** As the builder is sent it: what the ignore file leaves out is not in it. Null where there is none to look at. */
  readonly context: DirectoryNode | null;
  /** With what the ignore file leaves out, which buildah's bind mounts hold all the same. Absent where that was not read. */
  readonly wholeContext?: DirectoryNode;
  /** By reference, variables expanded. One that is not in here is what its reference says. */
  readonly bases: ReadonlyMap<string, BaseImage>;
}
