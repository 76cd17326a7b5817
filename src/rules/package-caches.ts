import type { ByteString } from '../text/byte-string.ts';

/** Where a package manager leaves what it needs no more once it has installed. */
export interface PackageCache {
  readonly manager: string;
  /** Found in a directory's absolute path, which ends with a slash. No nested quantifiers: paths are hostile. */
  readonly directory: RegExp;
  /** How to install without leaving it. */
  readonly help: string;
  /** Directory for `RUN --mount=type=cache`, if that helps. */
  readonly mount: string;
}

/** One entry for each manager's cache; docs/rules/package-cache.md has the list with their manuals. */
const packageCaches: readonly PackageCache[] = [
  {
    manager: 'apt',
    directory: /^\/var\/(?:lib\/apt\/lists|cache\/apt)\//,
    help: 'End that RUN with `&& rm -rf /var/lib/apt/lists/* /var/cache/apt/archives/*.deb`, or mount caches there.',
    mount: '/var/lib/apt/lists',
  },
  {
    manager: 'apk',
    directory: /^\/(?:var\/cache\/apk|etc\/apk\/cache)\//,
    help: 'Use `apk add --no-cache`.',
    mount: '/var/cache/apk',
  },
  {
    manager: 'dnf',
    directory: /^\/var\/cache\/(?:dnf|yum|libdnf5|zypp)\//,
    help: 'End that RUN with `&& dnf clean all`, or mount a cache there.',
    mount: '/var/cache/dnf',
  },
  {
    manager: 'pip',
    directory: /\/\.cache\/(?:pip|uv|pypoetry)\//,
    help: 'Use `pip install --no-cache-dir`, or mount a cache there.',
    mount: '/root/.cache/pip',
  },
  {
    manager: 'npm',
    directory: /\/\.npm\/(?:_cacache|_logs|_npx)\//,
    help: 'End that RUN with `&& npm cache clean --force`, or mount a cache there.',
    mount: '/root/.npm',
  },
  {
    manager: 'yarn',
    directory: /\/(?:\.cache\/yarn|share\/\.cache\/yarn|\.yarn\/berry\/cache)\//,
    help: 'End that RUN with `&& yarn cache clean`, or mount a cache there.',
    mount: '/usr/local/share/.cache/yarn',
  },
  {
    manager: 'pnpm',
    directory: /\/(?:share\/pnpm\/store|\.pnpm-store|\.cache\/pnpm)\//,
    help: 'Mount the store as a cache: RUN --mount=type=cache,target=/root/.local/share/pnpm/store pnpm install.',
    mount: '/root/.local/share/pnpm/store',
  },
  {
    manager: 'go',
    directory: /\/(?:\.cache\/go-build|go\/pkg\/mod)\//,
    help: 'Build in a stage of its own and copy the binary, or mount the module and build caches.',
    mount: '/go/pkg/mod',
  },
  {
    manager: 'cargo',
    directory: /\/\.?cargo\/(?:registry|git)\//,
    help: 'Build in a stage of its own and copy the binary, or mount the registry as a cache.',
    mount: '/usr/local/cargo/registry',
  },
  {
    manager: 'maven',
    directory: /\/(?:\.m2\/repository|\.gradle\/caches|\.ivy2\/cache)\//,
    help: 'Build in a stage of its own and copy the artefact, or mount the repository as a cache.',
    mount: '/root/.m2',
  },
  {
    manager: 'gem',
    directory: /\/(?:bundle\/(?:ruby\/[^/]*\/)?cache|gems\/[^/]*\/cache|\.bundle\/cache|\.gem\/specs)\//,
    help: 'End that RUN with `&& rm -rf "$(gem env gemdir)"/cache`, or mount a cache there.',
    mount: '/usr/local/bundle/cache',
  },
  {
    manager: 'composer',
    directory: /\/(?:\.composer\/cache|\.cache\/composer)\//,
    help: 'End that RUN with `&& composer clear-cache`, or mount a cache there.',
    mount: '/root/.composer/cache',
  },
  {
    manager: 'conda',
    directory: /\/(?:mini|ana)?(?:conda|forge|mamba)3?\/pkgs\//,
    help: 'End that RUN with `&& conda clean --all --yes`.',
    mount: '/opt/conda/pkgs',
  },
];

/** The cache a directory belongs to. @param dir absolute, with a slash at the end */
export function packageCacheOf(dir: ByteString): PackageCache | null {
  return packageCaches.find(({ directory }) => directory.test(dir)) ?? null;
}
