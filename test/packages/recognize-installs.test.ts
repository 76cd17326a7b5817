import { describe, expect, it } from 'vitest';
import { recognizeInstalls } from '../../src/packages/recognize-installs.ts';

const managers = (script: string) => recognizeInstalls(script).map(({ manager, command }) => [manager, command]);

describe('recognizeInstalls', () => {
  it.each([
    ['npm ci && npm run build', 'npm', 'npm ci'],
    ['NODE_ENV=production npm install --omit=dev', 'npm', 'NODE_ENV=production npm install --omit=dev'],
    ['yarn install --frozen-lockfile', 'yarn', 'yarn install --frozen-lockfile'],
    ['yarn', 'yarn', 'yarn'],
    ['corepack enable && pnpm i --frozen-lockfile', 'pnpm', 'pnpm i --frozen-lockfile'],
    ['pip install --no-cache-dir -r requirements.txt', 'pip', 'pip install --no-cache-dir -r requirements.txt'],
    ['python3 -m pip install -rrequirements.txt', 'pip', 'python3 -m pip install -rrequirements.txt'],
    ['pip3 install .', 'pip', 'pip3 install .'],
    ['poetry install --no-root', 'poetry', 'poetry install --no-root'],
    ['uv sync --locked', 'uv', 'uv sync --locked'],
    ['uv pip install --system -r requirements.txt', 'uv', 'uv pip install --system -r requirements.txt'],
    ['go mod download -x', 'go', 'go mod download -x'],
    ['cargo fetch', 'cargo', 'cargo fetch'],
    ['mvn -B dependency:go-offline', 'maven', 'mvn -B dependency:go-offline'],
    ['./gradlew --no-daemon dependencies', 'gradle', './gradlew --no-daemon dependencies'],
    ['bundle install --jobs 4', 'bundler', 'bundle install --jobs 4'],
    ['composer install --no-dev', 'composer', 'composer install --no-dev'],
    ['dotnet restore', 'dotnet', 'dotnet restore'],
    ['apk add --no-cache git', 'apk', 'apk add --no-cache git'],
    ['dnf install -y git', 'dnf', 'dnf install -y git'],
  ])('finds the install in %j', (script, manager, command) => expect(managers(script)).toEqual([[manager, command]]));

  it.each([
    'npm run build',
    'npm install express',
    'npm ci -g',
    'yarn build',
    'yarn add left-pad',
    'pnpm add x',
    'pip install flask',
    'poetry run x',
    'uv run x',
    'go build ./...',
    'mvn package',
    'gradle build',
    'bundle exec rake',
    'composer require a/b',
    'dotnet build',
    'apt-get remove git',
    'cd web && npm ci',
    'npm ci || true',
    'export X=1; npm ci',
  ])('finds none in %j', (script) => expect(managers(script)).toEqual([]));

  it('tells what is read and where the cache is', () => {
    const [npm] = recognizeInstalls('npm ci');
    expect(npm?.manifests).toEqual(['package.json', 'npm-shrinkwrap.json', 'package-lock.json', '.npmrc']);
    expect(npm?.caches).toEqual([{ target: '/root/.npm', sharing: 'shared' }]);
    const [pip] = recognizeInstalls('pip install --no-cache-dir -r a.txt -c b.txt');
    expect(pip?.manifests).toEqual(['a.txt', 'b.txt']);
    expect(pip?.required).toEqual(['a.txt']);
    expect(pip?.caches).toEqual([]);
    const found = recognizeInstalls('apt-get update && apt-get install -y git');
    expect(found.map(({ position, caches }) => [position, caches.map(({ sharing }) => sharing)])).toEqual([
      [0, ['locked', 'locked']],
      [1, ['locked', 'locked']],
    ]);
  });
});
