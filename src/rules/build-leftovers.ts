import type { ByteString } from '../text/byte-string.ts';
import { formatBytes } from '../text/bytes.ts';
import { plural } from '../text/plural.ts';
import { groupBy, sumOf } from './group-by.ts';
import { commonDirectory, filesByDirectory, type LayerFile, ownLayers } from './layer-files.ts';
import type { Rule, RuleFinding } from './rule.ts';

/** What builds a program and does not run it. */
interface BuildTool {
  readonly what: string;
  /** Found in a directory's absolute path, which ends with a slash. */
  readonly directory: RegExp;
}

const tools: readonly BuildTool[] = [
  { what: 'the GNU compilers', directory: /^\/usr\/(?:lib|libexec)\/gcc(?:-cross)?\/[^/]+\/[0-9.]+\// },
  { what: 'LLVM and clang', directory: /^\/usr\/lib\/(?:llvm-[0-9]+|clang)\// },
  { what: 'the Rust toolchain', directory: /\/(?:\.rustup|rustup)\/toolchains\// },
  { what: 'the Go toolchain', directory: /^\/usr\/(?:local\/go|lib\/go(?:-[0-9.]+)?)\/(?:pkg\/tool|src)\// },
  { what: 'CMake', directory: /^\/usr\/(?:local\/)?share\/cmake(?:-[0-9.]+)?\// },
  { what: 'Maven or Gradle', directory: /^\/(?:usr\/share|opt)\/(?:maven|gradle)(?:-[0-9.]+)?\/lib\// },
  { what: 'C headers', directory: /^\/usr\/(?:local\/)?include\// },
  {
    what: 'intermediate build output',
    directory:
      /\/(?:CMakeFiles|target\/(?:debug|release)\/(?:deps|build|incremental)|node_modules\/\.cache|\.ccache)\//,
  },
];

const minimumBytes = 256 * 1024;

/** Toolchains and intermediate output that the final filesystem still shows. */
export const buildLeftovers: Rule = {
  name: 'build-leftovers',
  check: (input) =>
    ownLayers(input).flatMap((layer) => {
      const shown = visible(filesByDirectory(input, layer, toolOf));
      return [...groupBy(shown, (file) => file.class)].flatMap(([tool, files]): RuleFinding[] => {
        const bytes = sumOf(files, (file) => file.bytes);
        const place = input.steps[layer]?.place ?? `layer ${layer}`;
        if (bytes < minimumBytes) return [];
        return [
          {
            severity: 'info',
            message: `${place} leaves ${tool.what} in the image: ${formatBytes(bytes)} in ${plural(files.length, 'file')}.`,
            help: 'Build in a stage of its own (FROM … AS build) and COPY --from=build only what runs.',
            layer,
            path: commonDirectory(files.map(({ path }) => path)),
            bytes,
            fix: null,
          },
        ];
      });
    }),
};

function toolOf(dir: ByteString): BuildTool | null {
  return tools.find(({ directory }) => directory.test(dir)) ?? null;
}

function* visible<File extends LayerFile>(files: Iterable<File>): Generator<File, void, void> {
  for (const file of files) if (file.visible) yield file;
}
