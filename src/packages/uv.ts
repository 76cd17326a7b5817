import type { InstallPlace, InstallStep } from './install-step.ts';
import { type InstallTool, unlessAny } from './install-tool.ts';
import { names, readOptions, type ReadOptions, unknownOption } from './options.ts';
import { pythonSettings, requirementNeeds } from './pip.ts';
import { readTomlText } from './toml-text.ts';

const known = {
  flags: names(`
    --frozen --locked --no-install-project --no-install-workspace --no-dev --dev --all-extras --all-groups --no-editable
    --compile-bytecode --no-cache -n --quiet -q --no-progress --verbose -v --system --inexact --no-default-groups --only-dev
    --require-hashes --no-deps --pre --upgrade -U --break-system-packages --no-python-downloads --no-managed-python`),
  valued: names(`
    --extra --group --only-group --no-group --link-mode --python -p --index-url --extra-index-url --default-index -r
    --requirement -c --constraint -e --editable -f --find-links --index-strategy`),
};

/** uv (docs.astral.sh/uv: integration with Docker, cache, projects). Its cache is made for several at once. */
export const uv: InstallTool = {
  manager: 'uv',
  settings: pythonSettings,
  outputs: ['.venv'],
  recognize: (words) => {
    const [program, command, action, ...rest] = words;
    if (program !== 'uv') return null;
    const { all, options, operands } = readOptions(command === 'pip' ? rest : words.slice(2), known);
    const caches =
      options.has('--no-cache') || options.has('-n') ? [] : [{ target: '/root/.cache/uv', sharing: 'shared' } as const];
    if (command === 'sync' && operands.length === 0)
      return {
        manifests: ['pyproject.toml', 'uv.lock', 'uv.toml', '.python-version'],
        required: ['pyproject.toml', 'uv.lock'],
        caches,
      };
    if (command !== 'pip' || (action !== 'install' && action !== 'sync')) return null;
    const named = all.flatMap(({ name, value }) =>
      /^(?:-r|-c|--requirement|--constraint)$/.test(name) ? [value ?? ''] : [],
    );
    const files = action === 'sync' ? [...operands, ...named] : named;
    return files.length === 0 ? null : { manifests: [...files, 'uv.toml', '.python-version'], required: files, caches };
  },
  needs: (install, place) => {
    const { words } = install;
    if (words[1] === 'sync') {
      const options = readOptions(words.slice(2), known);
      return unlessAny(
        unknownOption(options),
        settingsObstacle(place),
        projectObstacle(place, options),
        lockObstacle(place),
      );
    }
    const settings = settingsObstacle(place) ?? pipSettingsObstacle(place);
    return settings === null ? pipNeeds(install, place) : unlessAny(settings);
  },
};

function pipNeeds({ words }: InstallStep, place: InstallPlace): ReturnType<InstallTool['needs']> {
  const options = readOptions(words.slice(3), known);
  if (words[2] !== 'sync') return requirementNeeds(options, place);
  const asFiles = options.operands.map((value) => ({ name: '-r', value }));
  return requirementNeeds({ ...options, operands: [], all: [...options.all, ...asFiles] }, place);
}

function settingsObstacle({ textOf, kindOf }: InstallPlace): string | null {
  if (kindOf('uv.toml') === null) return null;
  const text = textOf('uv.toml');
  return text !== null && !/path|file:|find-links|flat|override|constraint|build|=\s*"\.{0,2}\//.test(text)
    ? null
    : 'uv.toml: may name other files';
}

/** `uv pip` reads the settings in pyproject.toml, too, which no command line names. */
function pipSettingsObstacle({ kindOf }: InstallPlace): string | null {
  return kindOf('pyproject.toml') === null ? null : 'pyproject.toml: uv pip reads its settings in there';
}

function projectObstacle({ textOf }: InstallPlace, { options }: ReadOptions): string | null {
  const text = textOf('pyproject.toml');
  const toml = text === null ? null : readTomlText(text);
  if (text === null || toml === null) return 'pyproject.toml: is not told apart by its lines';
  if (!options.has('--frozen') && !options.has('--locked'))
    return 'uv sync may write uv.lock, and the COPY behind it would put the old one back; with --locked or --frozen it does not';
  const isPackage = toml.tables.has('build-system') || toml.lineOf('package') !== null;
  if (isPackage && !options.has('--no-install-project'))
    return 'uv sync installs the project itself, sources included; with --no-install-project it does not';
  if (toml.lineOf('dynamic') !== null && !options.has('--frozen'))
    return 'pyproject.toml: has dynamic metadata, which is made of the sources; --frozen does without';
  const local = ['workspace', 'path', 'find-links'].map((key) => toml.lineOf(key)).find((line) => line !== null);
  if (local !== undefined && local !== null) return `pyproject.toml: ${local.slice(0, 80)} names files of the project`;
  return /file:/.test(text) ? 'pyproject.toml: has a dependency from file:' : null;
}

/** Only the project itself may come from a directory: `source = { virtual = "." }` or `{ editable = "." }`. */
function lockObstacle({ textOf }: InstallPlace): string | null {
  const text = textOf('uv.lock');
  if (text === null) return 'uv.lock: cannot be read';
  const found = text
    .split(/\r?\n/)
    .find((line) => /^source\s*=\s*\{\s*(?:virtual|editable|directory|path)\s*=\s*"(?!\."\s*\})/.test(line));
  return found === undefined ? null : `uv.lock: ${found.slice(0, 80)} is files of the project`;
}
