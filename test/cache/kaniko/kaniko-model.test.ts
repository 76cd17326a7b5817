import { describe, expect, it } from 'vitest';
import { kanikoModel } from '../../../src/cache/kaniko/kaniko-model.ts';
import { file } from '../../context/tree-of.ts';
import { type BuildOf, secondBuild } from '../second-build.ts';

type Row = readonly [name: string, before: BuildOf, change: Partial<BuildOf>, expected: string];

const lines = (name: string, before: string, after: string, expected: string): Row => [
  name,
  { dockerfile: `FROM base\n${before}\nRUN true\n`, files: { f: '1', g: '1' } },
  { dockerfile: `FROM base\n${after}\nRUN true\n` },
  expected,
];

// As its source has it (pkg/executor at 236ba569): kaniko runs in a container of its own and was not measured.
describe('kaniko', () => {
  it.each<Row>([
    lines('takes spaces at the end off', 'RUN echo 1  ', 'RUN echo 1', 'CCC'),
    lines('keeps spaces after the keyword', 'RUN  echo 1', 'RUN echo 1', 'CRR'),
    lines('keeps quotes', 'LABEL a="b"', 'LABEL a=b', 'CRR'),
    lines('runs all after a changed CMD', 'CMD one', 'CMD two', 'CRR'),
    lines('keeps the text of COPY', 'COPY f /x', 'COPY ./f /x', 'CRR'),
  ])('%s', (_name, before, change, expected) => {
    expect(secondBuild(kanikoModel, before, change)).toBe(expected);
  });

  it.each<Row>([
    ['content', { dockerfile: 'FROM base\nCOPY d /d', files: { 'd/f': '1' } }, { files: { 'd/f': '2' } }, 'CR'],
    [
      'mode',
      { dockerfile: 'FROM base\nCOPY d /d', files: { 'd/f': '1' } },
      { files: { 'd/f': file('1', 0o600) } },
      'CR',
    ],
    ['not names', { dockerfile: 'FROM base\nCOPY d /d', files: { 'd/f': '1' } }, { files: { 'd/g': '1' } }, 'CC'],
    [
      'not what a link leads to',
      { dockerfile: 'FROM base\nCOPY l /d', files: { f: '1', l: { kind: 'symlink', target: 'f' } } },
      { files: { f: '2', l: { kind: 'symlink', target: 'f' } } },
      'CC',
    ],
  ])('hashes of files their %s', (_name, before, change, expected) => {
    expect(secondBuild(kanikoModel, before, change)).toBe(expected);
  });

  it.each<Row>([
    ['RUN counts them', { dockerfile: 'FROM base\nARG A=1\nRUN true' }, { args: { A: '2' } }, 'CCR'],
    [
      'other lines are compared unexpanded',
      { dockerfile: 'FROM base\nARG A=/x\nWORKDIR $A\nCOPY f $A', files: { f: '1' } },
      { args: { A: '/y' } },
      'CCCC',
    ],
    [
      'sources are expanded',
      { dockerfile: 'FROM base\nARG A=f\nCOPY $A /x', files: { f: '1', g: '2' } },
      { args: { A: 'g' } },
      'CCR',
    ],
    [
      'those of stages before count, too',
      { dockerfile: 'FROM base AS a\nARG A=1\nRUN true\nFROM base\nRUN true' },
      { args: { A: '2' } },
      'CCR CR',
    ],
    [
      'a proxy need not be declared',
      { dockerfile: 'FROM base\nLABEL a=b\nRUN true' },
      { args: { http_proxy: 'http://proxy' } },
      'CCR',
    ],
  ])('knows arguments: %s', (_name, before, change, expected) => {
    expect(secondBuild(kanikoModel, before, change)).toBe(expected);
  });

  it('goes on with the key of the stage that a stage starts from', () => {
    const dockerfile = 'FROM base AS a\nCOPY f /f\nFROM a\nRUN true\nFROM base\nCOPY --from=a /f /f';
    expect(secondBuild(kanikoModel, { dockerfile, files: { f: '1' } }, { files: { f: '2' } })).toBe('CR RR CD');
  });
});
