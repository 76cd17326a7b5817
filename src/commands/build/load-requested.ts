import type { RequestedBuild } from '../../builds/arguments/requested-build.ts';
import type { DockerfileBuilder } from '../../dockerfile/step-record.ts';
import { reasonOf } from '../../errors.ts';
import { byContent, byStamp, type Identify } from '../../workspace/identify.ts';
import { type LoadedBuild, loadBuild, type Machine } from '../cache/load-build.ts';

/** What a build is made of, or why that cannot be known. */
export type LoadedRequest =
  { readonly kind: 'loaded'; readonly build: LoadedBuild } | { readonly kind: 'unknown'; readonly why: string };

/** Reads what a build is made of. Nothing that goes wrong is a failure: it is the builder that builds. */
export async function loadRequested(
  host: Machine,
  { context, target, buildArgs }: RequestedBuild,
  file: string | null,
  builder: DockerfileBuilder,
): Promise<LoadedRequest> {
  if (context === null || context === '-') return unknown('Nothing was predicted: what is built is no directory.');
  if (file === null) return unknown('Nothing was predicted: the Dockerfile is no single file that can be read here.');
  try {
    const args = {
      context,
      dockerfile: file,
      target: target ?? undefined,
      'build-arg': [...buildArgs].map(([name, value]) => `${name}=${value}`),
      builder,
    };
    return { kind: 'loaded', build: await loadBuild(host, args, byContentWithin(mostRead)) };
  } catch (error) {
    return unknown(`Nothing was predicted: ${reasonOf(error)}`);
  }
}

/** What is read of a context, in bytes; builders may leave unread what a Dockerfile does not ask for. */
const mostRead = 2 * 1024 ** 3;

/** Beyond, a file that was written anew counts as another one. */
function byContentWithin(bytes: number): Identify {
  let left = bytes;
  return (file) => ((left -= file.size) >= 0 ? byContent(file) : byStamp(file));
}

function unknown(why: string): LoadedRequest {
  return { kind: 'unknown', why };
}
