import type { InstallPlace } from './install-step.ts';
import { type InstallTool, unlessAny } from './install-tool.ts';
import { names } from './options.ts';

/** Go modules (go.dev/ref/mod: go mod download, workspaces, replace). */
export const go: InstallTool = {
  manager: 'go',
  settings: {
    names: /^GO[A-Z]+$/,
    harmless: names(
      'GOPATH GOROOT GOPROXY GOSUMDB GONOSUMDB GOPRIVATE GONOPROXY GOTOOLCHAIN GOOS GOARCH GOARM GOCACHE GOMODCACHE',
    ),
  },
  outputs: [],
  recognize: ([program, mod, download, ...rest]) => {
    if (program !== 'go' || mod !== 'mod' || download !== 'download' || rest.some((word) => !word.startsWith('-')))
      return null;
    return {
      manifests: ['go.mod', 'go.sum'],
      required: ['go.mod'],
      caches: [{ target: '/go/pkg/mod', sharing: 'shared' }],
    };
  },
  needs: ({ words }, place) => {
    const option = words.slice(3).find((word) => word !== '-x');
    return unlessAny(
      option === undefined ? null : `what it reads with ${option} is not known`,
      place.kindOf('go.work') === null ? null : 'go.work: a workspace reads the go.mod of each of its modules',
      place.kindOf('vendor') === null
        ? null
        : 'vendor: the build takes its modules from there, not from what is downloaded',
      moduleObstacle(place),
    );
  },
};

function moduleObstacle({ textOf }: InstallPlace): string | null {
  const text = textOf('go.mod');
  if (text === null) return 'go.mod: cannot be read';
  const lines = text.split(/\r?\n/).map((line) => line.replace(/\/\/.*$/, '').trim());
  // A module's path has no dot or slash in front: only a directory has (go.dev/ref/mod, replace directive).
  const local = lines.find((line) => /=>\s*["`]?[./]/.test(line.slice(0, 2000)));
  if (local !== undefined) return `go.mod: ${local.slice(0, 80)} names a directory`;
  const version = lines.map((line) => /^go\s+1\.(\d+)/.exec(line)?.[1]).find((minor) => minor !== undefined);
  // Since 1.21 an older Go refuses the file; before, an older one adds to go.sum.
  return version === undefined || Number(version) < 21
    ? 'go.mod: asks for a Go before 1.21, and Go before 1.18 writes go.sum, which the COPY behind it would put back'
    : null;
}
