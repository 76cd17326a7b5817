import { describe, expect, it } from 'vitest';
import { classicModel } from '../../../src/cache/classic/classic-model.ts';
import type { ContextNode } from '../../../src/context/context-tree.ts';
import { type BuildOf, secondBuild } from '../second-build.ts';

const link = (target: string): ContextNode => ({ kind: 'symlink', target });
const file = (content: string, mode: number): ContextNode => ({ kind: 'file', mode, content });
const directory = (mode: number, children: Readonly<Record<string, ContextNode>> = {}): ContextNode => ({
  kind: 'directory',
  mode,
  children: new Map(Object.entries(children)),
});

type Row = readonly [name: string, before: BuildOf, change: Partial<BuildOf>, expected: string];

/** A line that becomes another one, with a RUN after it. */
const lines = (name: string, before: string, after: string, expected: string): Row => [
  name,
  { dockerfile: `FROM base\n${before}\nRUN true\n`, files: { f: '1', g: '1' } },
  { dockerfile: `FROM base\n${after}\nRUN true\n` },
  expected,
];

const copy = (
  name: string,
  before: NonNullable<BuildOf['files']>,
  after: NonNullable<BuildOf['files']>,
  expected: string,
): Row => [name, { dockerfile: 'FROM base\nCOPY d /d\n', files: before }, { files: after }, expected];

// Each as docker 28.5.2 has it.
describe('the classic builder', () => {
  it.each<Row>([
    lines('takes spaces after the keyword and at the end off', 'RUN  echo 1  ', 'run echo 1', 'CCC'),
    lines('keeps spaces inside a command', 'RUN echo 1', 'RUN echo  1', 'CRR'),
    lines('has one command in both forms', 'RUN echo 1', 'RUN ["/bin/sh", "-c", "echo 1"]', 'CCC'),
    lines('does not look into here-documents', 'RUN <<EOF\ntrue\nEOF', 'RUN <<EOF\ntrue 1\nEOF', 'CCC'),
    lines('takes quotes off ENV and LABEL', 'ENV A="b"\nLABEL x="y"', 'env A=b\nLABEL x=y', 'CCCC'),
    lines('has one CMD in both forms', 'CMD echo 1', 'CMD ["/bin/sh","-c","echo 1"]', 'CCC'),
    lines('sorts ports', 'EXPOSE 80 81', 'EXPOSE 81  80', 'CCC'),
    lines('runs all after a changed LABEL', 'LABEL x=1', 'LABEL x=2', 'CRR'),
    lines('runs all after a changed ENV', 'ENV A=1', 'ENV A=2', 'CRR'),
    lines('runs all after a changed USER', 'USER 1', 'USER 2', 'CRR'),
    lines('runs all after an added STOPSIGNAL', '# none', 'STOPSIGNAL 9', 'CRR'),
    lines('takes the slash off WORKDIR', 'WORKDIR /app', 'WORKDIR /app/', 'CCC'),
    lines('does not know --link', 'COPY f /f', 'COPY --link f /f', 'CCC'),
    lines('knows --chown as it is written', 'COPY f /f', 'COPY --chown=0:0 f /f', 'CRR'),
    lines('hashes the path of a file', 'COPY f /x', 'COPY g /x', 'CRR'),
    lines('does not care how a source was named', 'COPY f g /x/', 'COPY ./f /g /x/', 'CCC'),
    lines('does not care that a source is a pattern', 'COPY f g /x/', 'COPY [f-g] /x/', 'CCC'),
    lines('expands the destination', 'ENV X=/x\nCOPY f $X', 'ENV X=/x\nCOPY f /x', 'CCCC'),
  ])('%s', (_name, before, change, expected) => {
    expect(secondBuild(classicModel, before, change)).toBe(expected);
  });

  it.each<Row>([
    copy('content', { 'd/f': '1' }, { 'd/f': '2' }, 'CR'),
    copy('mode', { 'd/f': '1' }, { 'd/f': file('1', 0o755) }, 'CR'),
    copy("a directory's own mode", { 'd/f': '1' }, { d: directory(0o700, { f: file('1', 0o644) }) }, 'CR'),
    copy('an empty directory', { 'd/f': '1' }, { 'd/f': '1', 'd/s': directory(0o755) }, 'CR'),
    copy('a link to other bytes', { 'd/f': '1', 'd/l': link('f') }, { 'd/f': '1', 'd/l': link('nowhere') }, 'CR'),
    copy(
      'a link to the same bytes elsewhere',
      { 'd/f': '1', 'd/g': '1', 'd/l': link('f') },
      { 'd/f': '1', 'd/g': '1', 'd/l': link('g') },
      'CR',
    ),
    copy('what a link out of it points to', { 'd/l': link('../e'), e: '1' }, { 'd/l': link('../e'), e: '2' }, 'CR'),
  ])('re-runs a COPY for %s', (_name, before, change, expected) => {
    expect(secondBuild(classicModel, before, change)).toBe(expected);
  });

  it.each<Row>([
    copy('the name of a link', { 'd/f': '1', 'd/l': link('f') }, { 'd/f': '1', 'd/m': link('f') }, 'CC'),
    copy('where a link leads that leads nowhere', { 'd/l': link('nix') }, { 'd/l': link('nox') }, 'CC'),
    copy(
      'what is in a directory that a link points to',
      { 'd/l': link('../e'), 'e/x': '1' },
      { 'd/l': link('../e'), 'e/x': '2' },
      'CC',
    ),
    copy('a file outside', { 'd/f': '1' }, { 'd/f': '1', other: '1' }, 'CC'),
  ])('keeps a COPY whatever happens to %s', (_name, before, change, expected) => {
    expect(secondBuild(classicModel, before, change)).toBe(expected);
  });

  it.each<Row>([
    ['a proxy that is given', { dockerfile: 'FROM base\nRUN true' }, { args: { HTTP_PROXY: 'x' } }, 'CR'],
    [
      'an argument that is given and used nowhere',
      { dockerfile: 'FROM base\nARG A=1\nLABEL x=y\nRUN true' },
      { args: { A: '2' } },
      'CCCR',
    ],
    [
      'an edited default',
      { dockerfile: 'FROM base\nARG A=1\nRUN x' },
      { dockerfile: 'FROM base\nARG A=2\nRUN x' },
      'CRR',
    ],
    [
      'an argument that ENV hides',
      { dockerfile: 'FROM base\nARG A=1\nENV A=x\nRUN true' },
      { args: { A: '2' } },
      'CCCC',
    ],
    [
      'an argument of another stage',
      { dockerfile: 'FROM base AS a\nARG A=1\nFROM base\nRUN true' },
      { args: { A: '2' } },
      'CC CC',
    ],
    ['an argument in LABEL', { dockerfile: 'FROM base\nARG A=1\nLABEL x=$A' }, { args: { A: '2' } }, 'CCR'],
    [
      'an argument from before FROM',
      { dockerfile: 'ARG A=1\nFROM base\nARG A\nRUN true' },
      { dockerfile: 'ARG A=2\nFROM base\nARG A\nRUN true' },
      'CCR',
    ],
    [
      'one that is not declared again',
      { dockerfile: 'ARG A=1\nFROM base\nRUN true' },
      { dockerfile: 'ARG A=2\nFROM base\nRUN true' },
      'CC',
    ],
  ])('knows arguments: %s', (_name, before, change, expected) => {
    expect(secondBuild(classicModel, before, change)).toBe(expected);
  });

  it.each<Row>([
    [
      'copied content may turn out the same',
      {
        dockerfile: 'FROM base AS a\nCOPY f /f\nRUN make\nFROM base\nCOPY --from=a /g /g\nRUN true',
        files: { f: '1' },
      },
      { files: { f: '2' } },
      'CRR CDD',
    ],
    [
      'so may content of another image',
      { dockerfile: 'FROM base\nCOPY --from=one /f /x' },
      { dockerfile: 'FROM base\nCOPY --from=two /f /x' },
      'CD',
    ],
    [
      'but not under another path',
      { dockerfile: 'FROM base\nCOPY --from=one /f /x' },
      { dockerfile: 'FROM base\nCOPY --from=one /g /x' },
      'CR',
    ],
    [
      'a stage that starts from another one goes on where that ended',
      { dockerfile: 'FROM base AS a\nCOPY f /f\nFROM a\nRUN true', files: { f: '1' } },
      { files: { f: '2' } },
      'CR RR',
    ],
    [
      'a stage split in two is still the same chain',
      { dockerfile: 'FROM base\nRUN one\nRUN two' },
      { dockerfile: 'FROM base AS a\nRUN one\nFROM a\nRUN two' },
      'CC CC',
    ],
    [
      'triggers run in the stage that starts from theirs',
      { dockerfile: 'FROM base AS a\nONBUILD COPY f /f\nFROM a\nRUN true', files: { f: '1' } },
      { files: { f: '2' } },
      'CC CRR',
    ],
    [
      'stages that nobody needs are built',
      { dockerfile: 'FROM base AS a\nRUN a\nFROM base AS b\nRUN b\nFROM base AS c\nRUN c', target: 'b' },
      {},
      'CC CC',
    ],
    [
      'another image',
      { dockerfile: 'FROM base\nRUN true', bases: { base: { identity: 'one', config: null } } },
      { bases: { base: { identity: 'two', config: null } } },
      'RR',
    ],
    [
      'the same image by another name',
      { dockerfile: 'FROM base\nRUN true', bases: { base: { identity: 'one', config: null } } },
      { dockerfile: 'FROM other\nRUN true', bases: { other: { identity: 'one', config: null } } },
      'CC',
    ],
  ])('knows stages: %s', (_name, before, change, expected) => {
    expect(secondBuild(classicModel, before, change)).toBe(expected);
  });
});
