import type { InstallPlace } from './install-step.ts';
import { type InstallTool, unlessAny } from './install-tool.ts';
import { names, readOptions, type ReadOptions, unknownOption } from './options.ts';
import { pythonSettings } from './pip.ts';
import { moduleObstacle } from './python-modules.ts';
import { readTomlText } from './toml-text.ts';

const known = {
  flags: names(`
    --no-root --no-dev --no-interaction -n --no-ansi --sync --all-extras --no-cache --quiet -q --no-directory --verbose -v -vv
    -vvv --compile --all-groups`),
  valued: names('--only --without --with --extras -E'),
};

/** Poetry (python-poetry.org/docs: cli install, configuration). Its cache holds virtual environments, too, which stay. */
export const poetry: InstallTool = {
  manager: 'poetry',
  settings: pythonSettings,
  outputs: ['.venv'],
  recognize: ([program, command, ...rest]) => {
    if (program !== 'poetry' || (command !== 'install' && command !== 'sync')) return null;
    const { options, operands } = readOptions(rest, known);
    if (operands.length > 0) return null;
    return {
      manifests: ['pyproject.toml', 'poetry.lock', 'poetry.toml'],
      required: ['pyproject.toml', 'poetry.lock'],
      caches: options.has('--no-cache')
        ? []
        : [
            { target: '/root/.cache/pypoetry/cache', sharing: 'shared' },
            { target: '/root/.cache/pypoetry/artifacts', sharing: 'shared' },
          ],
    };
  },
  needs: (install, place) => {
    const options = readOptions(install.words.slice(2), known);
    return unlessAny(
      unknownOption(options),
      moduleObstacle(place),
      projectObstacle(place, options),
      settingsObstacle(place),
      lockObstacle(place),
    );
  },
};

function projectObstacle({ textOf }: InstallPlace, { options }: ReadOptions): string | null {
  const text = textOf('pyproject.toml');
  const toml = text === null ? null : readTomlText(text);
  if (toml === null) return 'pyproject.toml: is not told apart by its lines';
  const withoutRoot = options.has('--no-root') || /^package-mode\s*=\s*false\b/.test(toml.lineOf('package-mode') ?? '');
  if (!withoutRoot) return 'poetry install installs the project itself, sources included; with --no-root it does not';
  const local = toml.lineOf('path') ?? toml.lineOf('url');
  if (local !== null && !/url\s*=\s*["']https?:/.test(local))
    return `pyproject.toml: ${local.slice(0, 80)} names files of the project`;
  if (/file:/.test(text ?? '')) return 'pyproject.toml: has a dependency from file:';
  if ([...toml.tables].some((table) => table.startsWith('tool.poetry.requires-plugins')))
    return 'pyproject.toml: requires plugins, which may read any file';
  return null;
}

const harmless =
  /^(?:\[[a-z.-]+\]|(?:virtualenvs\.)?(?:in-project|create|prompt|always-copy|no-pip|parallel|max-workers|modern-installation)\s*=\s*(?:true|false|\d+|"[^"/]*"))$/;

function settingsObstacle({ textOf }: InstallPlace): string | null {
  const odd = (textOf('poetry.toml') ?? '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .find((line) => line !== '' && !line.startsWith('#') && !harmless.test(line));
  return odd === undefined ? null : `poetry.toml: ${odd.slice(0, 80)} may name other files`;
}

/** `[package.source]` with `type = "directory"` or `"file"`. */
function lockObstacle({ textOf }: InstallPlace): string | null {
  const text = textOf('poetry.lock');
  if (text === null) return 'poetry.lock: cannot be read';
  const found = text.split(/\r?\n/).find((line) => /^type\s*=\s*["'](?:directory|file)["']/.test(line));
  return found === undefined ? null : `poetry.lock: has a package with ${found}, files of the project`;
}
