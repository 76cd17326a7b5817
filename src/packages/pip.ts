import { type InstallTool, unsafe } from './install-tool.ts';
import { names, readOptions, unknownOption } from './options.ts';
import { moduleObstacle } from './python-modules.ts';
import { requirementFiles } from './requirements.ts';

const known = {
  flags: names(`
    --no-cache-dir --no-deps --pre --upgrade -U --user --quiet -q -qq --disable-pip-version-check --no-compile --compile
    --force-reinstall --ignore-installed -I --prefer-binary --require-hashes --no-input --break-system-packages --verbose -v
    --no-warn-script-location --no-python-version-warning --system --no-build-isolation --no-index`),
  valued: names(`
    -r --requirement -c --constraint -i --index-url --extra-index-url --trusted-host --timeout --retries --progress-bar
    --root-user-action --only-binary --no-binary --use-feature --upgrade-strategy --default-timeout --cache-dir -e --editable
    -f --find-links --target -t --prefix`),
};

export const pythonSettings = {
  names: /^(?:PIP_|PYTHON|POETRY_|UV_|VIRTUAL_ENV$)/i,
  harmless: names(`
    PIP_NO_CACHE_DIR PIP_DISABLE_PIP_VERSION_CHECK PIP_DEFAULT_TIMEOUT PIP_ROOT_USER_ACTION PIP_INDEX_URL
    PIP_EXTRA_INDEX_URL PIP_TRUSTED_HOST PIP_BREAK_SYSTEM_PACKAGES PIP_NO_INPUT PIP_PROGRESS_BAR PIP_CACHE_DIR
    PYTHONUNBUFFERED PYTHONDONTWRITEBYTECODE PYTHONFAULTHANDLER PYTHONHASHSEED PYTHONIOENCODING PYTHONUTF8 PYTHONPATH
    PYTHONOPTIMIZE PYTHON_VERSION PYTHON_PIP_VERSION PYTHON_SHA256 PYTHON_GET_PIP_URL PYTHON_GET_PIP_SHA256
    PYTHON_SETUPTOOLS_VERSION POETRY_VERSION POETRY_NO_INTERACTION POETRY_VIRTUALENVS_CREATE POETRY_VIRTUALENVS_IN_PROJECT
    POETRY_CACHE_DIR POETRY_HOME POETRY_INSTALLER_MAX_WORKERS UV_LINK_MODE UV_COMPILE_BYTECODE UV_SYSTEM_PYTHON UV_CACHE_DIR
    UV_NO_CACHE UV_PYTHON_DOWNLOADS UV_VERSION UV_NO_DEV UV_HTTP_TIMEOUT UV_INDEX_URL UV_DEFAULT_INDEX VIRTUAL_ENV`),
};

/** pip (pip.pypa.io: pip install, requirements file format, caching). */
export const pip: InstallTool = {
  manager: 'pip',
  settings: pythonSettings,
  outputs: [],
  recognize: (words) => {
    const rest = installWords(words);
    if (rest === null) return null;
    const { all, operands } = readOptions(rest, known);
    const files = all.flatMap(({ name, value }) =>
      /^(?:-r|-c|--requirement|--constraint)$/.test(name) ? [value ?? ''] : [],
    );
    const required = all.flatMap(({ name, value }) => (name === '-r' || name === '--requirement' ? [value ?? ''] : []));
    if (required.length === 0 && operands.every((word) => word !== '.')) return null;
    const uncached = all.some(({ name }) => name === '--no-cache-dir' || name === '--cache-dir');
    return { manifests: files, required, caches: uncached ? [] : [{ target: '/root/.cache/pip', sharing: 'shared' }] };
  },
  needs: (install, place) => {
    const options = readOptions(installWords(install.words) ?? [], known);
    return requirementNeeds(options, place);
  },
};

function installWords(words: readonly string[]): readonly string[] | null {
  const [program = '', ...rest] = words;
  if (/^pip3?(?:\.\d+)?$/.test(program)) return rest[0] === 'install' ? rest.slice(1) : null;
  const isPython = /^python3?(?:\.\d+)?$/.test(program);
  return isPython && rest[0] === '-m' && rest[1] === 'pip' && rest[2] === 'install' ? rest.slice(3) : null;
}

/** What `pip install` and `uv pip install` read. */
export function requirementNeeds(
  options: ReturnType<typeof readOptions>,
  place: Parameters<InstallTool['needs']>[1],
): ReturnType<InstallTool['needs']> {
  const unknown = unknownOption(options) ?? moduleObstacle(place);
  if (unknown !== null) return unsafe(unknown);
  const local = options.all.find(({ name }) => /^(?:-e|--editable|-f|--find-links|-t|--target|--prefix)$/.test(name));
  if (local !== undefined) return unsafe(`${local.name} ${local.value ?? ''} names files of the project`);
  const operand = options.operands.find(
    (word) =>
      !/^[A-Za-z0-9][A-Za-z0-9._-]*(?:\[[\w,.-]*\])?(?:[=<>!~].*)?$/.test(word) ||
      /\.(?:whl|zip|gz|bz2|tgz)$/.test(word),
  );
  if (operand !== undefined) return unsafe(`${operand} is installed from files of the project`);
  const files = options.all.flatMap(({ name, value }) =>
    /^(?:-r|-c|--requirement|--constraint)$/.test(name) ? [value ?? ''] : [],
  );
  const found = requirementFiles(files, place);
  return 'reason' in found ? unsafe(found.reason) : { safe: true, sources: found.files };
}
