import { describe, expect, it } from 'vitest';
import { buildahModel } from '../../../src/cache/buildah/buildah-model.ts';
import type { BaseImage } from '../../../src/cache/build-inputs.ts';
import type { ContextNode } from '../../../src/context/context-tree.ts';
import { file, tree } from '../../context/tree-of.ts';
import { type BuildOf, secondBuild } from '../second-build.ts';

type Row = readonly [name: string, before: BuildOf, change: Partial<BuildOf>, expected: string];

const link = (target: string): ContextNode => ({ kind: 'symlink', target });
const directory = (mode: number, files: Readonly<Record<string, string>>): ContextNode => ({ ...tree(files), mode });

const files = { f: '1', g: '1', 'd/f': '1', 'e/f': '1', h: '2' };

/** A line that becomes another one, with a RUN after it. */
const lines = (name: string, before: string, after: string, expected: string): Row => [
  name,
  { dockerfile: `FROM base\n${before}\nRUN true\n`, files },
  { dockerfile: `FROM base\n${after}\nRUN true\n` },
  expected,
];

const changed = (
  name: string,
  line: string,
  before: NonNullable<BuildOf['files']>,
  after: NonNullable<BuildOf['files']>,
  expected: string,
): Row => [name, { dockerfile: `FROM base\n${line}\nRUN true`, files: before }, { files: after }, expected];

const given = (name: string, body: string, args: Readonly<Record<string, string>>, expected: string): Row => [
  name,
  { dockerfile: `FROM base\n${body}`, files },
  { args },
  expected,
];

// Each as buildah 1.43.2 has it.
describe('buildah', () => {
  it.each<Row>([
    lines('keeps spaces at the end', 'RUN echo 1  ', 'RUN echo 1', 'CRR'),
    lines('keeps spaces after the keyword', 'RUN  echo 1', 'RUN echo 1', 'CRR'),
    lines("does not keep RUN's own case", 'run echo 1', 'RUN echo 1', 'CCC'),
    lines('keeps the case of other keywords', 'env A=1', 'ENV A=1', 'CRR'),
    lines('keeps quotes', 'LABEL a="b"', 'LABEL a=b', 'CRR'),
    lines('keeps the slash of WORKDIR', 'WORKDIR /app', 'WORKDIR /app/', 'CRR'),
    lines('keeps the form of RUN', 'RUN ["echo","1"]', 'RUN ["echo", "1"]', 'CRR'),
    lines('keeps the order of ports', 'EXPOSE 80 81', 'EXPOSE 81 80', 'CRR'),
    lines('does not keep where a line was split', 'RUN true && true', 'RUN true \\\n# why\n&& true', 'CCC'),
    lines('reads here-documents', 'RUN <<EOF\ntrue\nEOF', 'RUN <<EOF\ntrue 1\nEOF', 'CRR'),
    lines('counts the flags of a mount', 'RUN true', 'RUN --mount=type=tmpfs,target=/t true', 'CRR'),
  ])('%s', (_name, before, change, expected) => {
    expect(secondBuild(buildahModel, before, change)).toBe(expected);
  });

  it.each<Row>([
    lines('another file of the same content that takes a new name', 'COPY f /x', 'COPY g /x', 'CCC'),
    lines('another directory of the same content', 'COPY d /x', 'COPY e /x', 'CCC'),
    lines('the owner that it would have anyway', 'COPY f /f', 'COPY --chown=0:0 f /f', 'CCC'),
    lines('how sources were written', 'COPY f g /x/', 'COPY ./[fg] /x/', 'CCC'),
    lines('the form of its words', 'COPY f /x', 'COPY ["f",  "/x"]', 'CCC'),
    lines('the name of a here-document', 'COPY <<A /x\nhi\nA', 'COPY <<B /x\nhi\nB', 'CCC'),
    lines('root for its number', 'COPY --chown=root f /f', 'COPY --chown=0 f /f', 'CCC'),
    lines('a group that is what the user is', 'COPY --chown=5 f /f', 'COPY --chown=5:5 f /f', 'CCC'),
    lines('the mode that it has anyway', 'COPY f /f', 'COPY --chmod=644 f /f', 'CCC'),
    changed("a directory's own mode", 'COPY d /d', { 'd/f': '1' }, { d: directory(0o700, { f: '1' }) }, 'CCC'),
    changed('the mode of an archive', 'ADD a.tar /d/', { 'a.tar': '1' }, { 'a.tar': file('1', 0o600) }, 'CCC'),
    changed('setuid', 'COPY d /d', { 'd/f': file('1', 0o755) }, { 'd/f': file('1', 0o4755) }, 'CCC'),
    changed('a mode under --chmod', 'COPY --chmod=755 d /d', { 'd/f': '1' }, { 'd/f': file('1', 0o600) }, 'CCC'),
    changed(
      'what a link leads to',
      'COPY d /d',
      { 'd/l': link('../f'), f: '1' },
      { 'd/l': link('../f'), f: '2' },
      'CCC',
    ),
  ])('does not see in COPY and ADD %s', (_name, before, change, expected) => {
    expect(secondBuild(buildahModel, before, change)).toBe(expected);
  });

  it.each<Row>([
    lines('a name that is kept', 'COPY f /x/', 'COPY g /x/', 'CRR'),
    lines('a name that is kept in a directory that every image has', 'COPY f /etc', 'COPY g /etc', 'CRR'),
    changed('content of an archive', 'ADD a.tar /d/', { 'a.tar': '1' }, { 'a.tar': '2' }, 'CRR'),
    lines('other content', 'COPY f /x', 'COPY h /x', 'CRR'),
    lines('another owner', 'COPY --chown=5 f /f', 'COPY --chown=5:0 f /f', 'CRR'),
    lines('--link', 'COPY f /f', 'COPY --link f /f', 'CRR'),
    changed('a mode', 'COPY d /d', { 'd/f': '1' }, { 'd/f': file('1', 0o600) }, 'CRR'),
    changed("a subdirectory's mode", 'COPY . /d', { 'd/f': '1' }, { d: directory(0o700, { f: '1' }) }, 'CRR'),
    changed('where a link leads', 'COPY d /d', { 'd/l': link('nix') }, { 'd/l': link('nox') }, 'CRR'),
    changed('--exclude', 'COPY --exclude=*.log d /d', { 'd/a.log': '1' }, { 'd/a.log': '2' }, 'CRR'),
    changed(
      'modes of directories above under --parents',
      'COPY --parents d/f /x/',
      { 'd/f': '1' },
      { d: directory(0o700, { f: '1' }) },
      'CRR',
    ),
    changed('a name', 'COPY d /d', { 'd/f': '1' }, { 'd/g': '1' }, 'CRR'),
  ])('sees in COPY and ADD %s', (_name, before, change, expected) => {
    expect(secondBuild(buildahModel, before, change)).toBe(expected);
  });

  it.each<Row>([
    given('in RUN alone', 'ARG A=1\nWORKDIR $A\nLABEL x=$A\nCOPY f $A/\nRUN true', { A: '2' }, 'CCCCCR'),
    given('by their names in ARG', 'ARG A\nLABEL x=y', { A: '2' }, 'CRR'),
    given('where ENV does not hide them', 'ARG A=1\nENV A=x\nRUN true', { A: '2' }, 'CCCC'),
    given('in the name that a file gets', 'ARG A=/x\nCOPY f $A', { A: '/y' }, 'CCR'),
    given('where the name stays the same', 'ARG A=/x\nCOPY f $A/f', { A: '/y' }, 'CCC'),
    given('in sources', 'ARG A=f\nCOPY $A /x', { A: 'h' }, 'CCR'),
    [
      'by what they are, not by their default',
      { dockerfile: 'FROM base\nARG A=1\nRUN true', args: { A: '3' } },
      { dockerfile: 'FROM base\nARG A=2\nRUN true' },
      'CCC',
    ],
    [
      'in the stages that start from theirs',
      { dockerfile: 'FROM base AS a\nARG A=1\nFROM a\nRUN true' },
      { args: { A: '2' } },
      'CC CR',
    ],
  ])('counts arguments %s', (_name, before, change, expected) => {
    expect(secondBuild(buildahModel, before, change)).toBe(expected);
  });

  it.each<Row>([
    [
      'copied content may turn out the same',
      { dockerfile: 'FROM base AS a\nCOPY f /f\nFROM base\nCOPY --from=a /g /g\nRUN true', files: { f: '1' } },
      { files: { f: '2' } },
      'CR CDD',
    ],
    [
      'where copied content lay is not kept',
      { dockerfile: 'FROM base AS a\nFROM base\nCOPY --from=a /f /x' },
      { dockerfile: 'FROM base AS a\nFROM base\nCOPY --from=a --chown=0:0 /g /x' },
      'C CD',
    ],
    [
      'nor which image it was copied from',
      { dockerfile: 'FROM base\nCOPY --from=one /f /x' },
      { dockerfile: 'FROM base\nCOPY --from=two /f /x' },
      'CD',
    ],
    [
      'mounted content may not',
      {
        dockerfile: 'FROM base AS a\nCOPY f /f\nFROM base\nRUN --mount=type=bind,from=a,target=/m true',
        files: { f: '1' },
      },
      { files: { f: '2' } },
      'CR CR',
    ],
    [
      'ONBUILD does nothing in its own file',
      { dockerfile: 'FROM base AS a\nONBUILD COPY f /f\nFROM a\nRUN true', files: { f: '1' } },
      { files: { f: '2' } },
      'CC CC',
    ],
    [
      'stages that nobody needs are left out',
      { dockerfile: 'FROM base AS a\nRUN a\nFROM base AS b\nRUN b\nFROM base\nCOPY --from=b /x /x' },
      {},
      'CC CC',
    ],
  ])('knows stages: %s', (_name, before, change, expected) => {
    expect(secondBuild(buildahModel, before, change)).toBe(expected);
  });

  it.each<Row>([
    ['--link with a relative destination', { dockerfile: 'FROM base\nCOPY --link f x\nRUN true', files }, {}, 'CRR'],
    [
      'a mount from a stage that ends in metadata',
      { dockerfile: 'FROM base AS a\nLABEL x=y\nFROM base\nRUN --mount=type=bind,from=a,target=/m true' },
      {},
      'CC CR',
    ],
  ])('never finds %s', (_name, before, change, expected) => {
    expect(secondBuild(buildahModel, before, change)).toBe(expected);
  });

  it('looks at the layers and the history of a base, and at nothing else of it', () => {
    const dockerfile = 'FROM base\nRUN true';
    const base = (identity: string, label: string, layer: string): Readonly<Record<string, BaseImage>> => ({
      base: { identity, config: configWith(label, layer) },
    });
    const bases = base('one', 'x', 'a');
    expect(secondBuild(buildahModel, { dockerfile, bases }, { bases: base('two', 'y', 'a') })).toBe('CC');
    expect(secondBuild(buildahModel, { dockerfile, bases }, { bases: base('two', 'x', 'b') })).toBe('RR');
  });
});

function configWith(label: string, layer: string): BaseImage['config'] {
  return {
    platform: { os: 'linux', architecture: 'amd64', variant: null },
    created: null,
    runtime: {
      env: [],
      entrypoint: null,
      cmd: null,
      user: null,
      workingDir: null,
      labels: { label },
      exposedPorts: [],
    },
    building: { shell: null, onBuild: [] },
    diffIds: [`sha256:${layer.repeat(64)}`],
    history: [],
  };
}
