import type { Dockerfile } from '../dockerfile/dockerfile.ts';
import { parseDockerfile } from '../dockerfile/parse.ts';
import { targetStage } from '../dockerfile/stages.ts';
import { problem } from '../errors.ts';
import { readWholeFile } from './read-whole-file.ts';

/** Longer than any Dockerfile that people write, in bytes. */
const dockerfileLimit = 4 * 1024 * 1024;

/** A Dockerfile that was read. */
export interface ReadDockerfile {
  readonly text: string;
  readonly dockerfile: Dockerfile;
}

/** Reads a Dockerfile that builds something. @throws LayerscopeError `not-found`, `not-readable`, `invalid-dockerfile` */
export function readDockerfile(path: string, target: string | null): ReadDockerfile {
  const text = readWholeFile(path, dockerfileLimit).toString('utf8');
  return { text, dockerfile: checkDockerfile(text, path, target) };
}

/** Parses the text of a Dockerfile that is to have stages, and this one. @throws LayerscopeError `invalid-dockerfile` */
export function checkDockerfile(text: string, path: string, target: string | null): Dockerfile {
  const dockerfile = parseDockerfile(text);
  if (dockerfile.stages.length === 0)
    throw problem('invalid-dockerfile', { path, reason: 'it has no FROM, so it builds nothing' });
  if (target !== null && targetStage(dockerfile, target) === null) {
    const names = dockerfile.stages.map(({ name, index }) => name ?? String(index)).join(', ');
    throw problem('invalid-dockerfile', { path, reason: `it has no stage ${target}. It has: ${names}` });
  }
  return dockerfile;
}
