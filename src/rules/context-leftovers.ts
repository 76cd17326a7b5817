import type { ByteString } from '../text/byte-string.ts';
import { formatBytes } from '../text/bytes.ts';
import { plural } from '../text/plural.ts';
import { groupBy, sumOf } from './group-by.ts';
import { commonDirectory, filesByDirectory, ownLayers } from './layer-files.ts';
import { isCopy, type LayerStep, type Rule, type RuleFinding } from './rule.ts';

/** What a broad COPY takes along. */
interface Leftover {
  readonly what: string;
  /** Found in a directory's absolute path, which ends with a slash. */
  readonly directory: RegExp;
  /** What to write in .dockerignore. */
  readonly ignore: string;
  /** Also when the files may come from a stage: nothing runs with them. */
  readonly anywhere: boolean;
}

const leftovers: readonly Leftover[] = [
  { what: 'version control', directory: /\/\.(?:git|hg|svn)\//, ignore: '**/.git', anywhere: true },
  { what: 'installed node modules', directory: /\/node_modules\//, ignore: '**/node_modules', anywhere: false },
  { what: 'a virtual environment', directory: /\/\.?venv\/(?:lib|bin)\//, ignore: '**/.venv', anywhere: false },
  {
    what: 'tool caches',
    directory:
      /\/(?:__pycache__|\.pytest_cache|\.mypy_cache|\.ruff_cache|\.tox|\.nox|\.nyc_output|\.turbo|\.parcel-cache|\.eslintcache|\.gradle)\//,
    ignore: '**/__pycache__',
    anywhere: true,
  },
  { what: 'test coverage', directory: /\/(?:coverage|htmlcov|\.coverage)\//, ignore: '**/coverage', anywhere: false },
  {
    what: 'test data',
    directory:
      /\/(?:tests?|spec|__tests__|testdata)\/(?:.*\/)?(?:fixtures|data|snapshots|__snapshots__)\/|\/(?:__tests__|testdata|__snapshots__)\//,
    ignore: '**/testdata',
    anywhere: false,
  },
  {
    what: 'local build output',
    directory: /\/(?:target\/(?:debug|release)|CMakeFiles|cmake-build-[a-z]+|\.next\/cache|\.angular\/cache)\//,
    ignore: '**/target',
    anywhere: false,
  },
  { what: 'editor settings', directory: /\/\.(?:idea|vscode)\//, ignore: '**/.vscode', anywhere: true },
];

const minimumBytes = 1024;

/** Files of the build context that an image has no use for, deleted later or not. */
export const contextLeftovers: Rule = {
  name: 'context-leftovers',
  check: (input) =>
    ownLayers(input).flatMap((layer) => {
      const step = input.steps[layer];
      if (step === undefined || !isCopy(step)) return [];
      const classify = (dir: ByteString): Leftover | null => leftoverOf(step, dir);
      const byKind = groupBy(filesByDirectory(input, layer, classify), (file) => file.class);
      return [...byKind].flatMap(([leftover, files]): RuleFinding[] => {
        const bytes = sumOf(files, (file) => file.bytes);
        if (bytes < minimumBytes) return [];
        return [
          {
            severity: 'warning',
            message: `${step.place} copies ${leftover.what}: ${formatBytes(bytes)} in ${plural(files.length, 'file')}.`,
            help: `Add \`${leftover.ignore}\` to .dockerignore, or copy only what the image needs.`,
            layer,
            path: commonDirectory(files.map(({ path }) => path)),
            bytes,
            fix: null,
          },
        ];
      });
    }),
};

function leftoverOf({ copiesFrom }: LayerStep, dir: ByteString): Leftover | null {
  const found = leftovers.find(({ directory }) => directory.test(dir)) ?? null;
  // Modules installed in a stage are there to be copied; histories do not tell a stage from the context.
  return found === null || found.anywhere || copiesFrom === 'context' ? found : null;
}
