import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cwd } from 'node:process';
import { expect, test } from 'vitest';
import { repositoryPaths } from '../../src/commands/repository-path.ts';
import { scratchFolder } from './scratch-folder.ts';

const folder = scratchFolder();
const repository = join(folder, 'repository');
mkdirSync(join(repository, '.git'), { recursive: true });
mkdirSync(join(repository, 'services', 'a b'), { recursive: true });
symlinkSync(repository, join(folder, 'linked'));
// A work tree of git has a file for a `.git`.
mkdirSync(join(folder, 'tree', 'docker'), { recursive: true });
writeFileSync(join(folder, 'tree', '.git'), 'gitdir: elsewhere\n');

const pathIn = (env: Record<string, string>, file: string): string => repositoryPaths({ env })(file);

test.each([
  ['services/a b/Dockerfile', {}, join(repository, 'services', 'a b', 'Dockerfile')],
  ['Dockerfile', {}, join(repository, 'services', '..', 'Dockerfile')],
  ['docker/Dockerfile.prod', {}, join(folder, 'tree', 'docker', 'Dockerfile.prod')],
  ['services/a b/Dockerfile', {}, join(folder, 'linked', 'services', 'a b', 'Dockerfile')],
  [
    'a b/Dockerfile',
    { GITHUB_WORKSPACE: join(folder, 'linked', 'services') },
    join(repository, 'services', 'a b', 'Dockerfile'),
  ],
  [
    'a b/Dockerfile',
    { GITHUB_WORKSPACE: `${join(repository, 'services')}/` },
    join(repository, 'services', 'a b', 'Dockerfile'),
  ],
  // The file is not below it: what its own repository calls it.
  ['services/Dockerfile', { GITHUB_WORKSPACE: join(folder, 'tree') }, join(repository, 'services', 'Dockerfile')],
  ['not/there/Dockerfile', {}, join(repository, 'not', 'there', 'Dockerfile')],
  ['..hidden/Dockerfile', {}, join(repository, '..hidden', 'Dockerfile')],
])('%s with %j of %s', (path, env, file) => {
  expect(pathIn(env, file)).toBe(path);
});

test('a relative path is one from the working directory', () => {
  expect(pathIn({ GITHUB_WORKSPACE: join(cwd(), 'test') }, 'test/commands/Dockerfile')).toBe('commands/Dockerfile');
});

test('what lies in no repository is called what the user calls it', () => {
  const outside = join(folder, 'outside', 'Dockerfile');
  expect(pathIn({}, outside)).toBe(outside);
  expect(pathIn({ GITHUB_WORKSPACE: '' }, outside)).toBe(outside);
});
