import { describe, expect, it } from 'vitest';
import { needsOnly } from '../../src/packages/needs-only.ts';
import { recognizeInstalls } from '../../src/packages/recognize-installs.ts';
import { placeOf } from './place-of.ts';

type Files = Readonly<Record<string, string | null>>;

function needs(command: string, files: Files, environment: Readonly<Record<string, string>> = {}) {
  const [install] = recognizeInstalls(command);
  if (install === undefined) throw new Error(`no install in ${command}`);
  const needed = needsOnly(install, placeOf(files, environment));
  return needed.safe ? [...needed.sources].sort() : needed.reason;
}

interface Case {
  readonly command: string;
  /** What is safe. */
  readonly files: Files;
  readonly sources: readonly string[];
  /** What is laid over the files, or another command, and what the reason has to name. */
  readonly refused: readonly (readonly [Files | string, RegExp])[];
}

const json = (value: unknown) => JSON.stringify(value);
const lock3 = (packages: object) => json({ lockfileVersion: 3, packages: { '': {}, ...packages } });

const cases: readonly Case[] = [
  {
    command: 'npm ci',
    files: {
      'package.json': json({ dependencies: { a: '^1' }, scripts: { build: 'x', postbuild: 'y' } }),
      'package-lock.json': lock3({
        'node_modules/a': { resolved: 'https://r/a.tgz' },
        'node_modules/esbuild': { hasInstallScript: true },
        'node_modules/x/node_modules/chokidar-mac': { hasInstallScript: true, os: ['darwin'] },
      }),
      '.npmrc': 'registry=https://r/\n//r/:_authToken=${T}\n',
      'src/a.js': '',
    },
    sources: ['.npmrc', 'package-lock.json', 'package.json'],
    refused: [
      ['npm install', /package-lock\.json anew.*npm ci/],
      ['npm ci --workspaces', /--workspaces/],
      ['npm ci --prefix=web', /--prefix/],
      [{ 'package.json': json({ workspaces: ['a'] }) }, /^package\.json: has workspaces/],
      [{ 'package.json': json({ scripts: { postinstall: 'x' } }) }, /^package\.json: .*postinstall/],
      [{ 'package.json': json({ scripts: { prepare: 'husky' } }) }, /prepare/],
      [{ 'package.json': json({ dependencies: { l: 'file:../l' } }) }, /dependencies has l from file:\.\.\/l/],
      [{ 'package.json': json({ dependencies: { l: './l' } }) }, /from \.\/l/],
      [{ 'package.json': json({ overrides: { a: { b: 'file:b.tgz' } } }) }, /overrides has b/],
      [{ 'package.json': '[]' }, /no JSON object/],
      [{ 'package.json': '{"__proto__":{"a":1},"workspaces":[]}' }, /workspaces/],
      [
        { 'package-lock.json': lock3({ 'packages/l': {}, 'node_modules/l': { link: true } }) },
        /directory of the project/,
      ],
      [{ 'package-lock.json': lock3({ 'node_modules/l': { resolved: 'file:l.tgz' } }) }, /file:l\.tgz/],
      [
        { 'package-lock.json': lock3({ 'node_modules/prisma': { hasInstallScript: true } }) },
        /prisma has an install script/,
      ],
      [{ 'package-lock.json': json({ lockfileVersion: 1, dependencies: {} }) }, /version 1/],
      [{ '.npmrc': 'cafile=./ca.pem' }, /^\.npmrc: sets cafile/],
      [{ 'binding.gyp': '{}' }, /binding\.gyp/],
      [{ node_modules: null }, /^node_modules: is in the context/],
    ],
  },
  {
    command: 'npm ci --ignore-scripts',
    files: {
      'package.json': json({ scripts: { postinstall: 'x' } }),
      'package-lock.json': lock3({ 'node_modules/prisma': { hasInstallScript: true } }),
    },
    sources: ['package-lock.json', 'package.json'],
    refused: [
      [{ 'package.json': json({ workspaces: ['a'] }) }, /workspaces/],
      [{ 'package-lock.json': 'x' }, /package-lock\.json: is no JSON/],
    ],
  },
  {
    command: 'yarn install --frozen-lockfile',
    files: { 'package.json': json({}), 'yarn.lock': '# yarn lockfile v1\n\nleft-pad@^1:\n  version "1.0.0"\n' },
    sources: ['package.json', 'yarn.lock'],
    refused: [
      ['yarn install', /may write yarn\.lock/],
      ['yarn --cwd x', /--cwd/],
      [{ 'yarn.lock': '# yarn lockfile v1\n"l@file:./l":\n  version "1"\n' }, /l@file:/],
      [{ 'yarn.lock': '# yarn lockfile v1\n"@prisma/client@^5":\n  version "5"\n' }, /@prisma\/client/],
      [{ 'package.json': json({ workspaces: { packages: ['a'] } }) }, /workspaces/],
      [{ '.yarnrc': 'yarn-path "x.cjs"' }, /^\.yarnrc: sets yarn-path/],
      [{ 'node_modules/a/package.json': '{}' }, /node_modules/],
    ],
  },
  {
    command: 'yarn install --immutable',
    files: {
      'package.json': json({ packageManager: 'yarn@4.1.0' }),
      'yarn.lock':
        '__metadata:\n  version: 8\n"a@workspace:.":\n  resolution: "a@workspace:."\n"typescript@patch:typescript@npm%3A^5#optional!builtin<compat/typescript>":\n  version: 5\n',
      '.yarnrc.yml': 'nodeLinker: node-modules\nyarnPath: .yarn/releases/yarn-4.1.0.cjs\n',
      '.yarn/releases/yarn-4.1.0.cjs': '',
    },
    sources: ['.yarn/releases/yarn-4.1.0.cjs', '.yarnrc.yml', 'package.json', 'yarn.lock'],
    refused: [
      ['yarn install --frozen-lockfile', /--immutable/],
      [{ '.yarnrc.yml': 'plugins:\n  - path: .yarn/plugins/a.cjs\n' }, /sets plugins/],
      [{ 'yarn.lock': '__metadata:\n"b@workspace:packages/b":\n' }, /b@workspace/],
      [{ 'yarn.lock': '__metadata:\n"a@patch:a@npm%3A1#./.yarn/patches/a.patch":\n' }, /a@patch/],
      [{ 'yarn.lock': '__metadata:\n"a@portal:../a":\n' }, /a@portal/],
      [{ '.yarn/cache/a.zip': '' }, /\.yarn\/cache/],
    ],
  },
  {
    command: 'pnpm install --frozen-lockfile',
    files: {
      'package.json': json({}),
      'pnpm-lock.yaml': "lockfileVersion: '9.0'\npackages:\n  esbuild@0.21.5:\n",
      'pnpm-workspace.yaml': 'onlyBuiltDependencies:\n  - esbuild\n',
    },
    sources: ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml'],
    refused: [
      ['pnpm install', /--frozen-lockfile/],
      ['pnpm install --frozen-lockfile -r', /-r/],
      [{ 'pnpm-workspace.yaml': 'packages:\n  - a/*\n' }, /has packages/],
      [{ 'pnpm-workspace.yaml': 'patchedDependencies:\n  a: p.patch\n' }, /patchedDependencies/],
      [{ '.pnpmfile.cjs': '' }, /\.pnpmfile\.cjs/],
      [{ 'package.json': json({ pnpm: { patchedDependencies: { a: 'patches/a.patch' } } }) }, /patchedDependencies/],
      [{ 'package.json': json({ dependencies: { b: 'workspace:*' } }) }, /workspace:\*/],
      [{ 'pnpm-lock.yaml': 'importers:\n  .:\n    version: link:../b\n' }, /link:/],
      [{ 'pnpm-lock.yaml': "packages:\n  '@prisma/client@5.0.0':\n" }, /@prisma\/client/],
    ],
  },
  {
    command: 'pip install -r requirements.txt -c constraints.txt',
    files: {
      'requirements.txt':
        '# all\nflask[async]>=2 ; python_version > "3"\n-r req/base.txt\nx @ https://h/x.whl\n--hash=sha256:ab\n',
      'req/base.txt': '--index-url https://i/\nrequests==2.0 \\\n  --hash=sha256:00\n-c ../constraints.txt\n',
      'constraints.txt': 'idna<4\n',
      'app.py': '',
    },
    sources: ['constraints.txt', 'req/base.txt', 'requirements.txt'],
    refused: [
      ['pip install -e . -r requirements.txt', /-e \./],
      ['pip install .', /^\. is installed/],
      ['pip install -r requirements.txt --find-links wheels', /find-links wheels/],
      ['pip install -r ../requirements.txt', /outside of the working directory|not in the context/],
      ['pip install -r requirements.txt ./vendored', /\.\/vendored/],
      [{ 'requirements.txt': '-e .' }, /^requirements\.txt: -e \./],
      [{ 'requirements.txt': './lib' }, /\.\/lib/],
      [{ 'requirements.txt': 'lib/x' }, /lib\/x/],
      [{ 'requirements.txt': 'x @ file:///l' }, /file:\/\/\/l/],
      [{ 'requirements.txt': 'x-1.0.whl' }, /x-1\.0\.whl/],
      [{ 'requirements.txt': '--find-links wheels' }, /find-links/],
      [{ 'req/base.txt': '-r missing.txt' }, /req\/missing\.txt: cannot be read/],
      [{ 'requirements.txt': '-r ${X}.txt' }, /X/],
      [{ 'logging.py': '' }, /^logging\.py: has the name of a module/],
      [{ 'email/__init__.py': '' }, /^email/],
    ],
  },
  {
    command: 'poetry install --no-root --only main',
    files: {
      'pyproject.toml':
        '[tool.poetry]\nname = "a"\n[tool.poetry.dependencies]\nflask = "^3"\n[tool.poetry.urls]\nx = "https://x"\n',
      'poetry.lock': '[[package]]\nname = "flask"\n',
    },
    sources: ['poetry.lock', 'pyproject.toml'],
    refused: [
      ['poetry install', /--no-root/],
      [{ 'pyproject.toml': '[tool.poetry.dependencies]\nl = { path = "../l", develop = true }\n' }, /path = /],
      [{ 'pyproject.toml': '[tool.poetry.dependencies.l]\npath = "l"\n' }, /path = "l"/],
      [{ 'pyproject.toml': 'description = """\npath\n"""\n' }, /told apart/],
      [{ 'poetry.lock': '[package.source]\ntype = "directory"\n' }, /directory/],
      [{ '.venv/pyvenv.cfg': '' }, /\.venv/],
    ],
  },
  {
    command: 'poetry install',
    files: { 'pyproject.toml': '[tool.poetry]\npackage-mode = false\n', 'poetry.lock': '' },
    sources: ['poetry.lock', 'pyproject.toml'],
    refused: [
      [{ 'pyproject.toml': '[tool.poetry]\npackage-mode = true\n' }, /--no-root/],
      [{ 'poetry.toml': '[virtualenvs]\npath = "venvs"\n' }, /poetry\.toml/],
    ],
  },
  {
    command: 'uv sync --locked --no-install-project',
    files: {
      'pyproject.toml': '[project]\nname = "a"\nversion = "1"\n[build-system]\nrequires = []\n',
      'uv.lock': '[[package]]\nname = "a"\nsource = { editable = "." }\n',
      '.python-version': '3.12\n',
    },
    sources: ['.python-version', 'pyproject.toml', 'uv.lock'],
    refused: [
      ['uv sync --locked', /--no-install-project/],
      ['uv sync --no-install-project', /may write uv\.lock/],
      [{ 'pyproject.toml': '[tool.uv.workspace]\nmembers = ["a"]\n' }, /workspace/],
      [{ 'pyproject.toml': '[tool.uv.sources]\nl = { path = "l" }\n' }, /path = /],
      [{ 'pyproject.toml': '[project]\ndynamic = ["version"]\n' }, /dynamic/],
      [{ 'uv.lock': '[[package]]\nsource = { directory = "l" }\n' }, /directory/],
      [{ '.venv': null }, /\.venv/],
    ],
  },
  {
    command: 'uv pip install --system -r requirements.txt',
    files: { 'requirements.txt': 'flask\n' },
    sources: ['requirements.txt'],
    refused: [
      [{ 'requirements.txt': '-e .' }, /-e \./],
      [{ 'pyproject.toml': '' }, /settings/],
    ],
  },
  {
    command: 'go mod download',
    files: {
      'go.mod': 'module a\n\ngo 1.22\n\nreplace b => github.com/c/b v1.0.0\n// replace x => ../x\n',
      'go.sum': '',
      'main.go': '',
    },
    sources: ['go.mod', 'go.sum'],
    refused: [
      ['go mod download -modfile=x', /-modfile/],
      [{ 'go.mod': 'go 1.22\nreplace (\n\tb => ./b\n)\n' }, /=> \.\/b/],
      [{ 'go.mod': 'go 1.22\nreplace b v1 => "../b"\n' }, /\.\.\/b/],
      [{ 'go.mod': 'go 1.17\n' }, /1\.21/],
      [{ 'go.work': '' }, /go\.work/],
      [{ 'vendor/modules.txt': '' }, /vendor/],
    ],
  },
  {
    command: 'mvn -B dependency:go-offline',
    files: {
      'pom.xml': '<?xml version="1.0"?>\n<project><parent><relativePath/></parent></project>',
      '.mvn/wrapper/x': '',
    },
    sources: ['.mvn', 'pom.xml'],
    refused: [
      ['mvn dependency:go-offline -f sub/pom.xml', /-f/],
      [{ 'pom.xml': '<project><modules><module>a</module></modules></project>' }, /modules/],
      [{ 'pom.xml': '<project><dependency><systemPath>x</systemPath></dependency></project>' }, /systemPath/],
      [{ 'pom.xml': '<repository><url>file://${basedir}/repo</url></repository>' }, /repository/],
      [{ 'pom.xml': '<parent><relativePath>parent/pom.xml</relativePath></parent>' }, /parent/],
      [{ '.mvn/extensions.xml': '' }, /extensions\.xml/],
    ],
  },
  {
    command: 'gradle --no-daemon dependencies',
    files: {
      'build.gradle':
        "plugins {\n  id 'java'\n  id 'org.springframework.boot' version '3.2.0'\n}\ngroup = 'a.b'\nrepositories {\n  mavenCentral()\n}\ndependencies {\n  implementation 'a:b:1'\n  testImplementation('c:d')\n}\n",
      'settings.gradle': "rootProject.name = 'a'\n",
      'gradle/wrapper/gradle-wrapper.properties': '',
    },
    sources: ['build.gradle', 'gradle', 'settings.gradle'],
    refused: [
      ['gradle dependencies -p sub', /-p/],
      [{ 'settings.gradle': "include 'a'\n" }, /settings\.gradle: include/],
      [{ 'build.gradle': "version = file('VERSION').text\n" }, /VERSION/],
      [{ 'build.gradle': "plugins {\n id 'com.gorylenko.gradle-git-properties' version '2'\n}\n" }, /git-properties/],
      [{ 'buildSrc/build.gradle': '' }, /buildSrc/],
      [{ '.gradle': null }, /\.gradle/],
    ],
  },
  {
    command: 'BUNDLE_FROZEN=true bundle install',
    files: {
      Gemfile:
        'source "https://rubygems.org"\nruby file: ".ruby-version"\ngem "rails", "~> 7.1", require: false\ngroup :test, :development do\n  gem "rspec"\nend\n',
      'Gemfile.lock': 'GEM\n  remote: https://rubygems.org/\n',
      '.ruby-version': '3.3',
    },
    sources: ['.ruby-version', 'Gemfile', 'Gemfile.lock'],
    refused: [
      ['bundle install', /BUNDLE_FROZEN/],
      ['bundle install --frozen --gemfile=a/Gemfile', /--gemfile/],
      [{ Gemfile: 'gemspec\n' }, /gemspec/],
      [{ Gemfile: 'gem "a", path: "a"\n' }, /path/],
      [{ Gemfile: 'eval_gemfile "x"\n' }, /eval_gemfile/],
      [{ Gemfile: 'ruby File.read("x")\n' }, /File\.read/],
      [{ 'Gemfile.lock': 'PATH\n  remote: .\n' }, /PATH/],
      [{ '.bundle/config': '' }, /\.bundle/],
    ],
  },
  {
    command: 'composer install --no-dev --no-scripts',
    files: {
      'composer.json': json({ scripts: { 'post-install-cmd': 'x' }, autoload: { 'psr-4': { A: 'src/' } } }),
      'composer.lock': json({ packages: [{ name: 'a/b', type: 'library' }] }),
    },
    sources: ['composer.json', 'composer.lock'],
    refused: [
      ['composer install', /post-install-cmd/],
      ['composer install --no-scripts -o', /-o lists/],
      ['composer install --no-scripts -d web', /-d/],
      [{ 'composer.json': json({ repositories: [{ type: 'path', url: 'l' }] }) }, /type path/],
      [{ 'composer.json': json({ repositories: { l: { type: 'path' } } }) }, /type path/],
      [{ 'composer.json': json({ autoload: { classmap: ['a'] } }) }, /classmap/],
      [{ 'composer.json': json({ config: { 'vendor-dir': 'lib' } }) }, /vendor-dir/],
      [{ 'composer.lock': json({ packages: [{ name: 'a/p', type: 'composer-plugin' }] }) }, /a\/p is a plugin/],
      [{ 'composer.lock': json({ packages: [{ name: 'a/l', dist: { type: 'path' } }] }) }, /a\/l/],
      [{ vendor: null }, /vendor/],
    ],
  },
  {
    command: 'dotnet restore',
    files: {
      'app.csproj':
        '<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="A" /></ItemGroup></Project>',
      'nuget.config':
        '<configuration><packageSources><clear /><add key="n" value="https://n/v3/index.json" /></packageSources></configuration>',
      'Directory.Build.props': '<Project />',
    },
    sources: ['Directory.Build.props', 'app.csproj', 'nuget.config'],
    refused: [
      ['dotnet restore src/a/a.csproj', /src\/a\/a\.csproj/],
      ['dotnet restore --source x', /--source/],
      [{ 'app.csproj': '<Project><ProjectReference Include="../l/l.csproj" /></Project>' }, /ProjectReference/],
      [
        { 'Directory.Build.props': '<Project><Import Project="x.props" /></Project>' },
        /^Directory\.Build\.props: imports/,
      ],
      [{ 'app.csproj': `<Project><V>$([System.IO.File]::ReadAllText('V'))</V></Project>` }, /functions/],
      [{ 'nuget.config': '<add key="l" value="./packages" />' }, /\.\/packages/],
      [{ 'b.csproj': '<Project/>' }, /which project/],
      [{ 'all.sln': '' }, /which project/],
      [{ 'obj/x': '' }, /obj/],
    ],
  },
  {
    command: 'apt-get install -y --no-install-recommends git',
    files: { 'a.deb': '' },
    sources: [],
    refused: [
      ['apt-get install -y ./a.deb', /a\.deb/],
      ['apt-get install git -o Dir::Etc=x', /-o/],
    ],
  },
  {
    command: 'apk add --no-cache git',
    files: {},
    sources: [],
    refused: [
      ['apk add a.apk', /a\.apk/],
      ['apk add --repository /r git', /\/r/],
    ],
  },
  {
    command: 'dnf install -y git',
    files: {},
    sources: [],
    refused: [
      ['dnf install -y /x.rpm', /x\.rpm/],
      ['dnf --installroot=/x install git', /installroot/],
    ],
  },
];

describe.each(cases)('$command', ({ command, files, sources, refused }) => {
  it('reads only its manifests', () => expect(needs(command, files)).toEqual(sources));

  it.each(refused)('is refused with %j', (change, reason) => {
    const found = typeof change === 'string' ? needs(change, files) : needs(command, { ...files, ...change });
    expect(found).toMatch(reason);
  });
});

describe('needsOnly', () => {
  it('never proves anything for cargo, which reads sources with every manifest', () => {
    const files = { 'Cargo.toml': '[package]\nname = "a"\n', 'Cargo.lock': '', 'src/main.rs': '' };
    expect(needs('cargo fetch', files)).toMatch(/^Cargo\.toml: .*src\/main\.rs/);
    expect(needs('cargo build --release', files)).toMatch(/sources/);
  });

  it('minds variables that make a manager read other files', () => {
    const files = { 'package.json': '{}', 'package-lock.json': lock3({}) };
    expect(needs('npm ci', files, { NODE_ENV: 'production', NPM_CONFIG_LOGLEVEL: 'warn' })).toHaveLength(2);
    expect(needs('npm ci', files, { NODE_OPTIONS: '--require ./x.js' })).toMatch(/NODE_OPTIONS/);
    expect(needs('npm_config_userconfig=x npm ci', files)).toMatch(/npm_config_userconfig/);
    expect(needs('go mod download', { 'go.mod': 'go 1.22' }, { GOFLAGS: '-mod=vendor' })).toMatch(/GOFLAGS/);
  });

  it('asks for what the install cannot do without', () => {
    expect(needs('npm ci', { 'package.json': '{}' })).toMatch(/^package-lock\.json: is not in the context/);
    expect(needs('pip install -r r.txt', {})).toMatch(/^r\.txt: is not in the context/);
  });
});
