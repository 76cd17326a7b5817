import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ContextNode, type DirectoryNode, nodeAt } from '../../../src/context/context-tree.ts';
import { createIgnore } from '../../../src/dockerfile/ignore-file.ts';
import { openRepository, resolveCommit } from '../../../src/workspace/git/open-repository.ts';
import { findIgnoreFileAt, readFileAt } from '../../../src/workspace/git/read-file-at.ts';
import { readHistory } from '../../../src/workspace/git/read-history.ts';
import { type ContextsSince, readSince } from '../../../src/workspace/git/read-since.ts';
import { scratchFolder } from '../../commands/scratch-folder.ts';
import { gitEnv, TestRepository } from './test-repository.ts';

const folder = scratchFolder();
const newRepository = (): TestRepository => new TestRepository(mkdtempSync(join(folder, 'r')));

async function since(directory: string, revision = 'HEAD', before = '.git', after = before): Promise<ContextsSince> {
  const repository = await openRepository(directory, gitEnv);
  const commit = await resolveCommit(repository, revision);
  return await readSince(repository, commit, { before: createIgnore(before), after: createIgnore(after) });
}

/** Paths that differ, each with what they were and are. */
function differences({ before, after }: { before: DirectoryNode; after: DirectoryNode }): string[] {
  const paths = new Set([...pathsIn(before), ...pathsIn(after)]);
  return [...paths].sort().flatMap((path) => {
    const [then, now] = [before, after].map((tree) => describeNode(nodeAt(tree, path)));
    return then === now ? [] : [`${path}: ${then?.split(' ')[0]} -> ${now?.split(' ')[0]}`];
  });
}

function describeNode(node: ContextNode | null): string {
  if (node === null) return 'absent';
  return node.kind === 'symlink'
    ? `link=${node.target}`
    : `${node.mode.toString(8)} ${node.kind === 'file' ? node.content : ''}`;
}

function pathsIn(tree: DirectoryNode, path = ''): string[] {
  return [...tree.children].flatMap(([name, node]) => [
    `${path}${name}`,
    ...(node.kind === 'directory' ? pathsIn(node, `${path}${name}/`) : []),
  ]);
}

describe('a work tree since a revision', () => {
  it('is as it was where nothing was changed, whatever the umask made of modes', async () => {
    const repository = newRepository();
    repository.write('a/b', 'x');
    repository.write('run', 'x', 0o755);
    repository.link('link', 'run');
    repository.commit('first');
    chmodSync(join(repository.directory, 'a'), 0o2775);
    chmodSync(join(repository.directory, 'a/b'), 0o664);
    chmodSync(join(repository.directory, 'run'), 0o775);
    utimesSync(join(repository.directory, 'a/b'), 1, 1);
    const contexts = await since(repository.directory);
    expect(contexts.before).toEqual(contexts.after);
    expect(nodeAt(contexts.before, 'a')).toMatchObject({ mode: 0o2775 });
    expect(contexts.oddities).toEqual([]);
  });

  it('knows what was changed, added, removed and moved, in commits and since', async () => {
    const repository = newRepository();
    for (const name of ['kept', 'changed', 'removed', 'moved', 'mode', 'd/e/f', 'shape/x'])
      repository.write(name, name);
    repository.link('link', 'kept');
    repository.commit('first');
    repository.write('changed', 'other');
    repository.commit('second');
    repository.remove('removed');
    repository.remove('d');
    repository.git('mv', 'moved', 'to');
    chmodSync(join(repository.directory, 'mode'), 0o755);
    repository.remove('link');
    repository.link('link', 'mode');
    repository.write('new/file', 'x');
    repository.write('shape', 'a file');
    mkdirSync(join(repository.directory, 'empty'));
    const contexts = await since(repository.directory, 'HEAD~1');
    expect(differences(contexts)).toEqual([
      'changed: 644 -> 644',
      'd: 755 -> absent',
      'd/e: 755 -> absent',
      'd/e/f: 644 -> absent',
      'link: link=kept -> link=mode',
      'mode: 644 -> 755',
      'moved: 644 -> absent',
      'new: absent -> 755',
      'new/file: absent -> 644',
      'removed: 644 -> absent',
      'shape: 755 -> 644',
      'shape/x: 644 -> absent',
      'to: absent -> 644',
    ]);
    expect(nodeAt(contexts.before, 'moved')).toEqual(nodeAt(contexts.after, 'to'));
  });

  it('takes line ends for no change where git made them', async () => {
    const repository = newRepository();
    repository.write('.gitattributes', '*.txt text eol=crlf\n');
    repository.write('a.txt', 'one\ntwo\n');
    repository.write('b.txt', 'one\n');
    repository.commit('first');
    for (const name of ['a.txt', 'b.txt']) repository.remove(name);
    repository.git('checkout', '--quiet', '.');
    expect(readFileSync(join(repository.directory, 'a.txt'), 'utf8')).toBe('one\r\ntwo\r\n');
    expect(differences(await since(repository.directory))).toEqual([]);
    repository.write('b.txt', 'two\r\n');
    expect(differences(await since(repository.directory))).toEqual(['b.txt: 644 -> 644']);
  });

  it('counts what git ignores as unchanged, says so, and does not open it', async () => {
    const repository = newRepository();
    repository.write('.gitignore', 'out\n*.log\n');
    repository.write('src/a', 'x');
    repository.commit('first');
    repository.write('out/deep/file', 'x');
    repository.write('src/b.log', 'x');
    repository.write('unseen.log', 'x');
    repository.write('src/new', 'x');
    const contexts = await since(repository.directory, 'HEAD', '.git\nunseen.log');
    expect(differences(contexts)).toEqual(['src/new: absent -> 644']);
    expect(contexts.oddities).toEqual([{ code: 'context-unknown-before', count: 2, example: 'out' }]);
    expect(nodeAt(contexts.after, 'out/deep/file')).toMatchObject({
      content: expect.stringMatching(/^stamp:/) as string,
    });
  });

  it('applies the ignore file of then to then, and that of now to now', async () => {
    const repository = newRepository();
    repository.write('.gitignore', 'node_modules\n');
    repository.write('docs/a', 'x');
    repository.commit('first');
    repository.write('node_modules/x', 'x');
    expect(differences(await since(repository.directory, 'HEAD', '.git', '.git\nnode_modules\ndocs'))).toEqual([
      'docs: 755 -> absent',
      'docs/a: 644 -> absent',
      'node_modules: 755 -> absent',
      'node_modules/x: 644 -> absent',
    ]);
  });

  it("takes git's own directory for the commit that is checked out", async () => {
    const repository = newRepository();
    repository.write('a', 'x');
    repository.commit('first');
    expect(differences(await since(repository.directory, 'HEAD', ''))).toEqual([]);
    repository.commit('second');
    expect(differences(await since(repository.directory, 'HEAD~1', ''))).toEqual(['.git/HEAD: 644 -> 644']);
  });

  it('looks at a subdirectory alone', async () => {
    const repository = newRepository();
    repository.write('app/a', '1');
    repository.write('lib/a', '1');
    repository.commit('first');
    repository.write('app/a', '2');
    repository.write('lib/a', '2');
    expect(differences(await since(join(repository.directory, 'app'), 'HEAD', ''))).toEqual(['a: 644 -> 644']);
  });

  it('has a submodule as it lies there while its commit is the same', async () => {
    const library = newRepository();
    library.write('code', 'x');
    library.commit('first');
    const repository = newRepository();
    repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library.directory, 'lib');
    repository.commit('first');
    expect(differences(await since(repository.directory))).toEqual([]);
    library.write('code', 'y');
    library.commit('second');
    repository.git('-C', 'lib', 'pull', '--quiet');
    expect(differences(await since(repository.directory))).toEqual([
      'lib: 755 -> 755',
      'lib/.git: absent -> 644',
      'lib/code: absent -> 644',
    ]);
  });
});

describe('a file of a revision', () => {
  it('is told from one that was not there and from one that git knows nothing of', async () => {
    const repository = newRepository();
    repository.write('build/My file', 'FROM old\n');
    repository.write('build/My file.dockerignore', 'old\n');
    repository.commit('first');
    repository.remove('build');
    repository.write('app/x', '');
    const opened = await openRepository(join(repository.directory, 'app'), gitEnv);
    const commit = await resolveCommit(opened, 'HEAD');
    const dockerfile = join(repository.directory, 'build/My file');
    expect(await readFileAt(opened, commit, dockerfile)).toEqual({ text: 'FROM old\n' });
    expect(await readFileAt(opened, commit, join(repository.directory, 'build/other'))).toBeNull();
    expect(await readFileAt(opened, commit, join(folder, 'other'))).toBe('outside');
    expect(await findIgnoreFileAt(opened, commit, 'buildkit', repository.directory, dockerfile)).toEqual({
      path: `${dockerfile}.dockerignore`,
      text: 'old\n',
    });
    expect(await findIgnoreFileAt(opened, commit, 'classic', repository.directory, dockerfile)).toBeNull();
  });
});

describe('a hostile repository', () => {
  it('has nothing of what its settings name run', async () => {
    const repository = newRepository();
    const trace = join(folder, 'ran');
    const program = join(folder, 'program');
    repository.write('.gitattributes', '* filter=a=b diff=evil\nother filter=plain\n');
    repository.write('a', 'x');
    repository.write('other', 'x');
    repository.link('link', 'a');
    repository.commit('first');
    const signed = repository
      .git('cat-file', 'commit', 'HEAD')
      .replace('\n\n', '\ngpgsig -----BEGIN PGP SIGNATURE-----\n\n');
    repository.write('signed', `${signed}\n`);
    const commit = repository.git('hash-object', '-t', 'commit', '-w', 'signed');
    new TestRepository(folder).write('program', `#!/bin/sh\necho "$0 $*" >> ${trace}\ncat\n`, 0o755);
    for (const [name, value] of [
      ['core.fsmonitor', program],
      ['core.hooksPath', folder],
      ['core.pager', program],
      ['core.sshCommand', program],
      ['core.askPass', program],
      ['credential.helper', program],
      ['diff.external', program],
      ['diff.evil.textconv', program],
      ['diff.evil.command', program],
      ['filter.a=b.clean', program],
      ['filter.a=b.process', program],
      ['filter.plain.clean', program],
      ['filter.plain.required', 'true'],
      ['gpg.program', program],
      ['log.showSignature', 'true'],
      ['remote.origin.url', `ext::${program}`],
      ['remote.origin.promisor', 'true'],
      ['extensions.partialClone', 'origin'],
      ['core.repositoryFormatVersion', '1'],
      ['protocol.ext.allow', 'always'],
      ['protocol.allow', 'always'],
    ] as const)
      repository.git('config', '--add', name, value);
    // An index older than its files: git has to look into them, through the filters.
    utimesSync(join(repository.directory, '.git/index'), 1, 1);
    await since(repository.directory);
    const opened = await openRepository(repository.directory, gitEnv);
    await readFileAt(opened, commit, join(repository.directory, 'a'));
    // What is missing of a partial clone would be fetched.
    const id = repository.git('rev-parse', 'HEAD:link');
    repository.remove(`.git/objects/${id.slice(0, 2)}/${id.slice(2)}`);
    const { start } = await readHistory(opened, { count: 5, to: commit });
    expect(nodeAt(start.tree, 'link')).toEqual({ kind: 'symlink', target: `git:${id}` });
    expect(existsSync(trace)).toBe(false);
  });
});
