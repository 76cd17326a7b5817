import * as v from 'valibot';
import { problem } from '../errors.ts';

/** What an image runs on (OCI image-spec image-index.md, `platform`), with names as Go spells them. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant: string | null;
}

export const platformSchema = v.pipe(
  v.object({
    os: v.nullish(v.string(), ''),
    architecture: v.nullish(v.string(), ''),
    variant: v.nullish(v.string(), ''),
  }),
  v.transform(({ os, architecture, variant }): Platform => normalize(os, architecture, variant)),
);

const architectures: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  'x86-64': 'amd64',
  x64: 'amd64',
  aarch64: 'arm64',
  ia32: '386',
  i386: '386',
  armhf: 'arm',
};

/** One spelling per platform: `aarch64` is `arm64`, and `arm64/v8` is what plain `arm64` means (as containerd has it). */
function normalize(os: string, architecture: string, variant: string): Platform {
  const known = architectures[architecture.toLowerCase()] ?? architecture.toLowerCase();
  const plain = (known === 'arm64' && variant === 'v8') || (known === 'amd64' && variant === 'v1');
  return { os: os.toLowerCase(), architecture: known, variant: variant === '' || plain ? null : variant };
}

/** Parses `os/architecture[/variant]`. @throws LayerscopeError `invalid-platform` */
export function parsePlatform(text: string): Platform {
  const parts = text.split('/');
  const [os, architecture, variant = ''] = parts;
  if (parts.length > 3 || !os || !architecture) throw problem('invalid-platform', { value: text });
  return normalize(os, architecture, variant);
}

/** The platform images are looked for by default: Linux (containers run in a VM elsewhere) unless the host is Windows. */
export function hostPlatform(host: { readonly platform: string; readonly arch: string }): Platform {
  return normalize(host.platform === 'win32' ? 'windows' : 'linux', host.arch, host.arch === 'arm' ? 'v7' : '');
}

export function formatPlatform({ os, architecture, variant }: Platform): string {
  return [os || 'unknown', architecture || 'unknown', ...(variant === null ? [] : [variant])].join('/');
}

/** Whether an image's platform satisfies a wish; a wish without a variant takes any. */
export function satisfies(offered: Platform, wanted: Platform): boolean {
  return (
    offered.os === wanted.os &&
    offered.architecture === wanted.architecture &&
    (wanted.variant === null || offered.variant === wanted.variant)
  );
}
