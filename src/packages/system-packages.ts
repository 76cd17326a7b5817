import type { CacheDirectory, PackageManager } from './install-step.ts';
import { type InstallTool, nothingElse, unsafe } from './install-tool.ts';
import { names } from './options.ts';

interface SystemManager {
  readonly manager: PackageManager;
  readonly programs: ReadonlySet<string>;
  readonly commands: ReadonlySet<string>;
  /** An option that leaves no cache. */
  readonly uncached: string | null;
  readonly caches: readonly CacheDirectory[];
}

/** The package manager of a distribution. It has no manifest: what it installs stands in the command. */
function systemTool({ manager, programs, commands, uncached, caches }: SystemManager): InstallTool {
  return {
    manager,
    settings: { names: /^(?:APT_|APK_|DNF_|DPKG_)/, harmless: new Set() },
    outputs: [],
    recognize: ([program = '', ...rest]) => {
      const command = rest.find((word) => !word.startsWith('-'));
      if (!programs.has(program) || command === undefined || !commands.has(command)) return null;
      return { manifests: [], required: [], caches: uncached !== null && rest.includes(uncached) ? [] : caches };
    },
    needs: ({ words }) => {
      const local = words.slice(1).find((word) => !word.startsWith('-') && /\/|\.(?:deb|apk|rpm)$/.test(word));
      const option = words.find((word) =>
        /^(?:-o|-c|--option|--config|--config-file|-X|--repository|--repositories-file|--keys-dir|-p|--root|--installroot|-t)/.test(
          word,
        ),
      );
      if (local !== undefined) return unsafe(`${local} may be a file of the project`);
      return option === undefined ? nothingElse : unsafe(`what it reads with ${option} is not known`);
    },
  };
}

/** apt (docs.docker.com, cache mounts: two at once would damage its database). */
export const apt = systemTool({
  manager: 'apt',
  programs: names('apt-get apt'),
  commands: names('update install'),
  uncached: null,
  caches: [
    { target: '/var/cache/apt', sharing: 'locked' },
    { target: '/var/lib/apt', sharing: 'locked' },
  ],
});

export const apk = systemTool({
  manager: 'apk',
  programs: names('apk'),
  commands: names('add update'),
  uncached: '--no-cache',
  caches: [{ target: '/var/cache/apk', sharing: 'locked' }],
});

export const dnf = systemTool({
  manager: 'dnf',
  programs: names('dnf microdnf yum'),
  commands: names('install makecache'),
  uncached: null,
  caches: [{ target: '/var/cache/dnf', sharing: 'locked' }],
});
