import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ContextNode, DirectoryNode } from '../../src/context/context-tree.ts';
import { IgnoredTree } from '../../src/context/ignored-tree.ts';
import { createIgnore } from '../../src/dockerfile/ignore-file.ts';
import { byContent, byStamp, type Identify } from '../../src/workspace/identify.ts';
import { readContext } from '../../src/workspace/read-context.ts';
import { scratchFolder } from '../commands/scratch-folder.ts';

const folder = scratchFolder();
const context = join(folder, 'context');
const nothing = createIgnore('');

beforeEach(() => {
  rmSync(context, { recursive: true, force: true });
  mkdirSync(context);
  chmodSync(context, 0o755);
});

function write(path: string, content: string | Buffer = path, mode = 0o644): void {
  const place = join(context, path);
  mkdirSync(join(place, '..'), { recursive: true });
  writeFileSync(place, content);
  chmodSync(place, mode);
}

/** A tree as lines: `mode path`, with `/` behind directories, the target behind links and the content behind files. */
function lines(node: ContextNode, path = ''): string[] {
  switch (node.kind) {
    case 'symlink':
      return [`${path} -> ${node.target}`];
    case 'file':
      return [`${node.mode.toString(8)} ${path} ${node.content}`];
    case 'directory':
      return [
        `${node.mode.toString(8)} ${path}/`,
        ...[...node.children].flatMap(([name, child]) => lines(child, `${path}/${name}`)),
      ];
  }
}

const bySize: Identify = ({ size }) => String(size);

async function read(ignore = nothing, identify = bySize): Promise<readonly string[]> {
  return lines((await readContext(context, ignore, identify)).tree);
}

describe('a directory as a build context', () => {
  it('has files, links and directories with the mode that builders hash, in byte order', async () => {
    write('b', 'two', 0o664);
    write('a/run', 'eight by', 0o4755);
    write('Z', '');
    mkdirSync(join(context, 'a/empty'));
    chmodSync(join(context, 'a/empty'), 0o1777);
    symlinkSync('../b', join(context, 'a/link'));
    expect(await read()).toEqual([
      '755 /',
      '644 /Z 0',
      '755 /a/',
      '1777 /a/empty/',
      '/a/link -> ../b',
      '4755 /a/run 8',
      '664 /b 3',
    ]);
  });

  it('follows no link, not even one in a circle, but the context may be one', async () => {
    symlinkSync('.', join(context, 'circle'));
    symlinkSync('self', join(context, 'self'));
    symlinkSync('/', join(context, 'root'));
    const expected = ['755 /', '/circle -> .', '/root -> /', '/self -> self'];
    expect(await read()).toEqual(expected);
    symlinkSync(context, join(folder, 'way'));
    expect(lines((await readContext(join(folder, 'way'), nothing, bySize)).tree)).toEqual(expected);
  });

  it('leaves pipes and sockets alone and says so', async () => {
    execFileSync('mkfifo', [join(context, 'pipe')]);
    const server = createServer().listen(join(context, 'socket'));
    write('file', 'x');
    try {
      const { tree, oddities } = await readContext(context, nothing, byContent);
      expect([...tree.children.keys()]).toEqual(['file']);
      expect(oddities).toEqual([{ code: 'context-special-file', count: 2, example: 'pipe' }]);
    } finally {
      server.close();
    }
  });

  it('opens files whose names are no text, and says so', async () => {
    mkdirSync(Buffer.concat([Buffer.from(`${context}/d`), Buffer.from([0xff])]));
    writeFileSync(Buffer.concat([Buffer.from(`${context}/d`), Buffer.from([0xff, 0x2f, 0xfe])]), 'abc');
    const { tree, oddities } = await readContext(context, nothing, byContent);
    expect(lines(tree)).toEqual([
      '755 /',
      '755 /d\uFFFD/',
      '644 /d\uFFFD/\uFFFD sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    ]);
    expect(oddities).toEqual([{ code: 'context-name-not-text', count: 2, example: 'd\uFFFD/\uFFFD' }]);
  });

  it('goes as deep as a path can be', async () => {
    const deep = Array.from({ length: 1500 }, () => 'd').join('/');
    write(`${deep}/f`, 'x');
    expect((await read()).at(-1)).toBe(`644 /${deep}/f 1`);
  });

  it('is an error where it is no directory or is not there', async () => {
    write('file');
    for (const path of ['file', 'absent'])
      await expect(readContext(join(context, path), nothing, byStamp)).rejects.toMatchObject({ code: 'no-context' });
  });

  it('names what cannot be read', async () => {
    write('one/secret', 'x');
    const failing: Identify = (file) => byContent({ ...file, place: Buffer.from(`${context}/one`) });
    await expect(readContext(context, nothing, failing)).rejects.toMatchObject({
      code: 'not-readable',
      message: expect.stringContaining(`${context}/one`) as string,
    });
  });
});

describe('what stands for a file', () => {
  const contentOf = async (identify: Identify): Promise<Record<string, string>> => {
    const { tree } = await readContext(context, nothing, identify);
    return Object.fromEntries(
      [...tree.children].map(([name, node]) => [name, node.kind === 'file' ? node.content : '']),
    );
  };

  it('by content: the same for the same bytes wherever they lie, whenever they were written', async () => {
    write('a', 'same');
    write('b', 'same');
    write('c', 'else');
    const bytes = Buffer.alloc(3 * 2 ** 20 + 1);
    write('large', bytes);
    utimesSync(join(context, 'a'), 1, 1);
    const { a, b, c, large } = await contentOf(byContent);
    expect(a).toBe(b);
    expect(a).not.toBe(c);
    expect(large).toBe(`sha256:${createHash('sha256').update(bytes).digest('hex')}`);
  });

  it('by stamp: the same for two names of one file, another one after a write', async () => {
    write('a', 'same');
    linkSync(join(context, 'a'), join(context, 'b'));
    write('c', 'same');
    const before = await contentOf(byStamp);
    expect(before['a']).toBe(before['b']);
    expect(before['a']).not.toBe(before['c']);
    truncateSync(join(context, 'c'), 2);
    const after = await contentOf(byStamp);
    expect(after['a']).toBe(before['a']);
    expect(after['c']).not.toBe(before['c']);
  });
});

describe('what an ignore file leaves out', () => {
  it('is not looked into', async () => {
    write('node_modules/pkg/index.js');
    write('src/a.ts');
    const seen: string[] = [];
    const spy: Identify = ({ path }) => {
      seen.push(path);
      return path;
    };
    const ignore = createIgnore('**/*.md\n!README.md\nnode_modules\n!src/*.ts');
    const asked: string[] = [];
    await readContext(context, { ...ignore, ignores: (path) => (asked.push(path), ignore.ignores(path)) }, spy);
    expect(seen).toEqual(['src/a.ts']);
    expect(asked.filter((path) => path.startsWith('node_modules'))).toEqual([]);
  });

  it('comes out as if everything had been read and then taken out', async () => {
    const names = ['a', 'b', 'd/a', 'd/b', 'd/e/a', 'd/e/b', 'd/e/f/a', 'e/a', 'e/d/b', 'f/f/f'];
    for (const name of names) write(name);
    mkdirSync(join(context, 'd/empty'));
    const whole = await readContext(context, nothing, bySize);
    const part = fc.constantFrom('a', 'b', 'd', 'e', 'f', '*', '**', '?', '[a-d]', 'd*');
    const rule = fc
      .tuple(fc.constantFrom('', '!'), fc.array(part, { minLength: 1, maxLength: 3 }))
      .map(([not, parts]) => not + parts.join('/'));
    await fc.assert(
      fc.asyncProperty(fc.array(rule, { maxLength: 5 }), async (rules) => {
        const ignore = createIgnore(rules.join('\n'));
        const expected: DirectoryNode = new IgnoredTree(ignore).of(whole.tree);
        expect(await read(ignore)).toEqual(lines(expected));
      }),
      { numRuns: 300 },
    );
  });
});
