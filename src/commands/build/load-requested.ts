import type { RequestedBuild } from '../../builds/arguments/requested-build.ts';
import type { DockerfileBuilder } from '../../dockerfile/step-record.ts';
import { LayerscopeError } from '../../errors.ts';
import { byContent } from '../../workspace/identify.ts';
import { type LoadedBuild, loadBuild } from '../cache/load-build.ts';

/** What a build is made of, or why that cannot be known. */
export type LoadedRequest =
  { readonly kind: 'loaded'; readonly build: LoadedBuild } | { readonly kind: 'unknown'; readonly why: string };

/** Reads what a build is made of. Nothing that goes wrong is a failure: it is the builder that builds. */
export async function loadRequested(
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
    return { kind: 'loaded', build: await loadBuild(args, byContent) };
  } catch (error) {
    if (error instanceof LayerscopeError) return unknown(`Nothing was predicted: ${error.message}`);
    throw error;
  }
}

function unknown(why: string): LoadedRequest {
  return { kind: 'unknown', why };
}
