import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommitHistory } from '../../../src/cache/replay/commit-history.ts';
import {
  type ContextNode,
  type DirectoryNode,
  emptyContext,
  nodeAt,
  withChanges,
} from '../../../src/context/context-tree.ts';
import { createIgnore } from '../../../src/dockerfile/ignore-file.ts';
import { byBlobId } from '../../../src/workspace/git/blob-id.ts';
import { openRepository } from '../../../src/workspace/git/open-repository.ts';
import { readHistory } from '../../../src/workspace/git/read-history.ts';
import { readContext } from '../../../src/workspace/read-context.ts';
import { scratchFolder } from '../../commands/scratch-folder.ts';
import { gitEnv, TestRepository } from './test-repository.ts';

const folder = scratchFolder();
function newFolder(): string {
  const directory = mkdtempSync(join(folder, 'r'));
  chmodSync(directory, 0o755);
  return directory;
}
const newRepository = (): TestRepository => new TestRepository(newFolder());

/** Without git's own directory, which has a test of its own. */
async function historyOf(directory: string, count = 100, to = 'HEAD'): Promise<CommitHistory> {
  const repository = await openRepository(directory, gitEnv);
  return await readHistory({ ...repository, holdsGitDirectory: false }, { count, to });
}

/** What `git hash-object` would say, worked out without it. */
function blob(content: string): string {
  return `git:${createHash('sha1')
    .update(`blob ${Buffer.byteLength(content)}\0${content}`)
    .digest('hex')}`;
}

const file = (content: string, mode = 0o644): ContextNode => ({ kind: 'file', mode, content: blob(content) });

/** The tree after each commit, that of the start first. */
function treesOf({ start, commits }: CommitHistory): DirectoryNode[] {
  const trees = [start.tree];
  for (const { changes } of commits) trees.push(withChanges(trees.at(-1) ?? emptyContext, changes, 'go'));
  return trees;
}

describe('a history', () => {
  it('has the changes of each commit, oldest first, against the tree before the first of them', async () => {
    const repository = newRepository();
    repository.write('a', 'one');
    const first = repository.commit('first');
    repository.write('d/b', 'two');
    const second = repository.commit('second\n\nbody');
    repository.write('a', 'three');
    repository.remove('d');
    const third = repository.commit('third: é');
    const history = await historyOf(repository.directory, 2);
    expect(history.start).toEqual({
      id: first,
      tree: { kind: 'directory', mode: 0o755, children: new Map([['a', file('one')]]) },
    });
    expect(history.commits).toEqual([
      {
        id: second,
        date: '2024-01-01T00:02:00+00:00',
        subject: 'second',
        changes: [{ path: 'd/b', node: file('two') }],
      },
      {
        id: third,
        date: '2024-01-01T00:03:00+00:00',
        subject: 'third: é',
        changes: [
          { path: 'a', node: file('three') },
          { path: 'd/b', node: null },
        ],
      },
    ]);
  });

  it('starts with its first commit where there are no more', async () => {
    const repository = newRepository();
    repository.write('a', 'one');
    const only = repository.commit('only');
    const history = await historyOf(repository.directory);
    expect(history.start.id).toBe(only);
    expect([...history.start.tree.children.keys()]).toEqual(['a']);
    expect(history.commits).toEqual([]);
  });

  it('knows modes, links, submodules, and renames as a removal and an addition', async () => {
    const repository = newRepository();
    repository.write('run', 'x');
    repository.write('old', 'same');
    repository.link('link', 'run');
    repository.commit('first');
    repository.write('run', 'x', 0o755);
    repository.git('mv', 'old', 'new');
    repository.remove('link');
    repository.link('link', 'new');
    const id = '1'.repeat(40);
    repository.git('add', '--all');
    repository.git('update-index', '--add', '--cacheinfo', `160000,${id},sub`);
    repository.git('commit', '--quiet', '--message=second');
    const { commits } = await historyOf(repository.directory);
    expect(commits[0]?.changes).toEqual([
      { path: 'link', node: { kind: 'symlink', target: 'new' } },
      { path: 'new', node: file('same') },
      { path: 'old', node: null },
      { path: 'run', node: file('x', 0o755) },
      { path: 'sub', node: { kind: 'file', mode: 0o755, content: `commit:${id}` } },
    ]);
  });

  it('goes along first parents, and gives a merge what it brought there', async () => {
    const repository = newRepository();
    repository.write('a', '1');
    repository.commit('first');
    repository.git('checkout', '--quiet', '-b', 'side');
    for (const name of ['b', 'c']) {
      repository.write(name, name);
      repository.commit(`side ${name}`);
    }
    repository.git('checkout', '--quiet', 'main');
    repository.write('a', '2');
    repository.commit('second');
    repository.git('merge', '--quiet', '--no-edit', '--message=merge', 'side');
    const { commits } = await historyOf(repository.directory);
    expect(commits.map(({ subject, changes }) => [subject, changes.map(({ path }) => path)])).toEqual([
      ['second', ['a']],
      ['merge', ['b', 'c']],
    ]);
  });

  it('of a context in a subdirectory counts the commits elsewhere, which change nothing', async () => {
    const repository = newRepository();
    // A pattern, if anybody took it for one.
    repository.write('ser[v]*/a', '1');
    repository.write('serv/a', '1');
    repository.commit('first');
    repository.write('serv/a', '2');
    repository.commit('elsewhere');
    repository.write('ser[v]*/d/b', '2');
    repository.commit('here');
    repository.remove('ser[v]*');
    repository.write('ser[v]*', 'a file');
    repository.commit('no directory any more');
    repository.write('ser[v]*/back', '3');
    repository.commit('back');
    const history = await historyOf(join(repository.directory, 'serv'));
    expect(history.commits.map(({ changes }) => changes.length)).toEqual([1, 0, 0, 0]);
    const odd = await historyOf(join(repository.directory, 'ser[v]*'));
    expect(odd.start.tree.children).toEqual(new Map([['a', file('1')]]));
    expect(odd.commits.map(({ changes }) => changes)).toEqual([
      [],
      [{ path: 'd/b', node: file('2') }],
      [
        { path: 'a', node: null },
        { path: 'd/b', node: null },
      ],
      [{ path: 'back', node: file('3') }],
    ]);
  });

  it('is the same in a bare clone, and ends where a shallow one does', async () => {
    const repository = newRepository();
    const ids = ['1', '2', '3', '4'].map((content) => {
      repository.write('a', content);
      return repository.commit(content);
    });
    const bare = join(newFolder(), 'bare.git');
    repository.git('clone', '--quiet', '--bare', repository.directory, bare);
    expect(await historyOf(bare)).toEqual(await historyOf(repository.directory));
    const shallow = join(newFolder(), 'shallow');
    repository.git('clone', '--quiet', '--depth=3', `file://${repository.directory}`, shallow);
    const history = await historyOf(shallow);
    expect(history.start.id).toBe(ids[1]);
    expect(history.commits.map(({ id }) => id)).toEqual(ids.slice(2));
    expect(history.start.tree.children.get('a')).toEqual(file('2'));
  });

  it('reads names of any bytes', async () => {
    const repository = newRepository();
    repository.write('plain', '');
    repository.commit('first');
    const odd = [' a', '"q"', 'n\nl', 'é', ':x', '-r', '\t'];
    for (const name of odd) repository.write(name, name);
    writeFileSync(Buffer.concat([Buffer.from(`${repository.directory}/`), Buffer.from([0xff])]), 'x');
    repository.commit(':100644 100644 looks like a change');
    const { commits } = await historyOf(repository.directory);
    expect(commits.map(({ changes }) => new Set(changes.map(({ path }) => path)))).toEqual([
      new Set([...odd, '\uFFFD']),
    ]);
  });

  it("has git's own directory change with every commit, where the context takes it in", async () => {
    const repository = newRepository();
    repository.write('sub/a', '1');
    const first = repository.commit('first');
    const second = repository.commit('second');
    const git = (id: string): ContextNode => ({ kind: 'file', mode: 0o644, content: `commit:${id}` });
    const { start, commits } = await readHistory(await openRepository(repository.directory, gitEnv), {
      count: 1,
      to: 'HEAD',
    });
    expect(nodeAt(start.tree, '.git/HEAD')).toEqual(git(first));
    expect(commits[0]?.changes).toEqual([{ path: '.git/HEAD', node: git(second) }]);
    const below = await openRepository(join(repository.directory, 'sub'), gitEnv);
    const linked = join(newFolder(), 'linked');
    repository.git('worktree', 'add', '--quiet', linked);
    for (const opened of [below, await openRepository(linked, gitEnv)])
      expect((await readHistory(opened, { count: 1, to: 'HEAD' })).commits[0]?.changes).toEqual([]);
  });

  it('of a repository with SHA-256 names is the same', async () => {
    const directory = newFolder();
    execFileSync('git', ['init', '--quiet', '--object-format=sha256', directory], { env: gitEnv });
    const repository = new TestRepository(directory);
    repository.write('a', '1');
    repository.commit('first');
    repository.remove('a');
    repository.write('b', '2');
    repository.commit('second');
    const { commits } = await historyOf(directory);
    const content = `git:${createHash('sha256').update('blob 1\u00002').digest('hex')}`;
    expect(commits[0]?.changes).toEqual([
      { path: 'a', node: null },
      { path: 'b', node: { kind: 'file', mode: 0o644, content } },
    ]);
  });
});

describe('what git cannot tell', () => {
  const failure = async (directory: string, to = 'HEAD', env = gitEnv): Promise<unknown> =>
    await openRepository(directory, env)
      .then((repository) => readHistory(repository, { count: 10, to }))
      .then(
        () => 'nothing',
        (error: unknown) => error,
      );

  it('is an error of its own', async () => {
    const repository = newRepository();
    expect(await failure(repository.directory)).toMatchObject({ code: 'unknown-revision' });
    repository.write('a', '');
    repository.commit('first');
    for (const revision of ['nowhere', '--all', '--output=x', '', 'HEAD:a', 'HEAD..HEAD', 'a\0b', '@{1000}'])
      expect(await failure(repository.directory, revision)).toMatchObject({ code: 'unknown-revision' });
    const outside = { ...gitEnv, GIT_CEILING_DIRECTORIES: folder };
    expect(await failure(newFolder(), 'HEAD', outside)).toMatchObject({ code: 'not-a-repository' });
    expect(await failure(join(folder, 'absent'))).toMatchObject({ code: 'no-context' });
    expect(await failure(repository.directory, 'HEAD', { ...gitEnv, PATH: folder })).toMatchObject({
      code: 'git-missing',
    });
  });
});

describe('each commit of a random history', () => {
  const path = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
  const text = fc.constantFrom('1', '2', '3');
  const edit = fc.oneof(
    fc.record({ kind: fc.constant('write' as const), path, text, mode: fc.constantFrom(0o644, 0o755) }),
    fc.record({ kind: fc.constant('link' as const), path, text }),
    fc.record({ kind: fc.constant('remove' as const), path }),
  );
  type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

  function apply(repository: TestRepository, one: Edit): void {
    switch (one.kind) {
      case 'write':
        return repository.write(one.path, one.text, one.mode);
      case 'link':
        return repository.link(one.path, one.text);
      case 'remove':
        return repository.remove(one.path);
    }
  }

  it('gives the tree that a checkout of it has', async () => {
    const commit = fc.array(edit, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(commit, { minLength: 2, maxLength: 6 }),
        fc.constantFrom('', 'a'),
        async (edits, sub) => {
          const repository = newRepository();
          const ids = edits.map((some, at) => {
            repository.write('always/here', String(at));
            for (const one of some) apply(repository, one);
            return repository.commit(`commit ${at}`);
          });
          repository.write('a/always', '');
          ids.push(repository.commit('last'));
          const trees = treesOf(await historyOf(join(repository.directory, sub)));
          for (const [at, id] of ids.entries()) {
            repository.git('checkout', '--quiet', '--detach', id);
            // Directories that an edit emptied stay, as git knows nothing of them.
            repository.git('clean', '--quiet', '-ffdx');
            const place = join(repository.directory, sub);
            const read = await readContext(place, createIgnore('.git'), byBlobId('sha1')).catch(() => ({
              tree: emptyContext,
            }));
            expect(trees[at]).toEqual(read.tree);
          }
          rmSync(repository.directory, { recursive: true });
        },
      ),
      { numRuns: 15 },
    );
  }, 120_000);
});
