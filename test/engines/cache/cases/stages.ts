import type { CacheCase } from '../cache-case.ts';

const made = (command: string, ...rest: readonly string[]): string =>
  `${['FROM localhost/plain AS made', `RUN ${command}`, 'FROM localhost/plain', ...rest].join('\n')}\n`;

const copies = ['COPY --from=made /m /m', 'WORKDIR /end'];
const parallel = (left: string, right: string): string =>
  [
    'FROM localhost/plain AS left',
    `RUN ${left} > /l`,
    'FROM localhost/plain AS right',
    `RUN ${right} > /r`,
    'FROM localhost/plain',
    'COPY --from=left /l /l',
    'COPY --from=right /r /r',
    '',
  ].join('\n');

/** How a miss travels from stage to stage. */
export const stages: readonly CacheCase[] = [
  {
    name: 'from-stage-same-output',
    before: { dockerfile: made('echo 1 > /m', ...copies) },
    after: { dockerfile: made('echo  1 > /m', ...copies) },
    sameOutput: true,
  },
  {
    name: 'from-stage-other-output',
    before: { dockerfile: made('echo 1 > /m', ...copies) },
    after: { dockerfile: made('echo 2 > /m', ...copies) },
    sameOutput: false,
  },
  {
    name: 'from-stage-other-files-change',
    before: { dockerfile: made('echo 1 > /m', ...copies) },
    after: { dockerfile: made('echo 1 > /m; echo 2 > /n', ...copies) },
    sameOutput: true,
  },
  {
    name: 'from-stage-other-mode',
    builtBy: ['buildkit', 'classic'],
    before: { dockerfile: made('echo 1 > /m', ...copies) },
    after: { dockerfile: made('echo 1 > /m; busybox chmod 600 /m', ...copies) },
    sameOutput: false,
  },
  {
    name: 'from-stage-directory-same-output',
    builtBy: ['buildkit', 'classic'],
    before: { dockerfile: made('mkdir /m; echo 1 > /m/x', 'COPY --from=made /m /m', 'WORKDIR /end') },
    after: { dockerfile: made('mkdir -p /m; echo 1 > /m/x', 'COPY --from=made /m /m', 'WORKDIR /end') },
    sameOutput: true,
  },
  {
    name: 'from-stage-glob-same-output',
    builtBy: ['buildkit', 'classic'],
    before: { dockerfile: made('mkdir /m; echo 1 > /m/x', 'COPY --from=made /m/* /m/', 'WORKDIR /end') },
    after: { dockerfile: made('mkdir -p /m; echo 1 > /m/x', 'COPY --from=made /m/* /m/', 'WORKDIR /end') },
    sameOutput: true,
  },
  {
    name: 'from-stage-by-number',
    before: { dockerfile: made('echo 1 > /m', 'COPY --from=made /m /m') },
    after: { dockerfile: made('echo 1 > /m', 'COPY --from=0 /m /m') },
  },
  {
    name: 'from-stage-through-two',
    builtBy: ['buildkit'],
    before: {
      dockerfile:
        'FROM localhost/plain AS one\nRUN echo 1 > /m\nFROM localhost/plain AS two\nCOPY --from=one /m /m\nRUN cat /m > /n\nFROM localhost/plain\nCOPY --from=two /n /n\n',
    },
    after: {
      dockerfile:
        'FROM localhost/plain AS one\nRUN echo  1 > /m\nFROM localhost/plain AS two\nCOPY --from=one /m /m\nRUN cat /m > /n\nFROM localhost/plain\nCOPY --from=two /n /n\n',
    },
    sameOutput: true,
  },
  {
    name: 'from-stage-copied-context-file',
    before: {
      dockerfile: 'FROM localhost/plain AS one\nCOPY d /d\nFROM localhost/plain\nCOPY --from=one /d/x /x\n',
      files: { 'd/x': '1', 'd/y': '1' },
    },
    after: { files: { 'd/y': '2' } },
    sameOutput: true,
  },
  {
    name: 'from-image-same',
    before: { dockerfile: 'FROM localhost/plain\nCOPY --from=localhost/next /etc/version /v\n' },
    after: {},
  },
  {
    name: 'from-image-other-image-same-file',
    before: { dockerfile: 'FROM localhost/plain\nCOPY --from=localhost/moving /etc/passwd /p\nWORKDIR /end\n' },
    after: { moving: 'next' },
    sameOutput: true,
  },
  {
    name: 'child-of-a-stage',
    builtBy: ['buildkit', 'classic'],
    before: { dockerfile: 'FROM localhost/plain AS one\nRUN true 1\nFROM one\nRUN true 2\n' },
    after: { dockerfile: 'FROM localhost/plain AS one\nRUN true 0\nFROM one\nRUN true 2\n' },
  },
  {
    name: 'stage-renamed',
    before: { dockerfile: made('echo 1 > /m', ...copies) },
    after: { dockerfile: made('echo 1 > /m', ...copies).replaceAll('made', 'done') },
  },
  {
    name: 'stages-parallel-one-changed',
    builtBy: ['buildkit'],
    before: { dockerfile: parallel('echo 1', 'echo 1') },
    after: { dockerfile: parallel('echo 2', 'echo 1') },
    sameOutput: false,
  },
  {
    name: 'stages-parallel-last-changed',
    builtBy: ['buildkit'],
    before: { dockerfile: parallel('echo 1', 'echo 1') },
    after: { dockerfile: parallel('echo 1', 'echo 2') },
    sameOutput: false,
  },
  {
    name: 'stage-unreachable-changed',
    before: { dockerfile: 'FROM localhost/plain AS other\nRUN true 1\nFROM localhost/plain\nRUN true 2\n' },
    after: { dockerfile: 'FROM localhost/plain AS other\nRUN true 0\nFROM localhost/plain\nRUN true 2\n' },
  },
  {
    name: 'stage-inserted-before',
    builtBy: ['buildkit', 'classic'],
    before: { dockerfile: 'FROM localhost/plain\nRUN true 2\n' },
    after: { dockerfile: 'FROM localhost/plain AS other\nRUN true 1\nFROM localhost/plain\nRUN true 2\n' },
  },
  {
    name: 'target-changed',
    before: { dockerfile: 'FROM localhost/plain AS one\nRUN true 1\nFROM one AS two\nRUN true 2\n', target: 'one' },
    after: { target: 'two' },
  },
  {
    name: 'target-changed-back',
    builtBy: ['buildkit'],
    before: { dockerfile: 'FROM localhost/plain AS one\nRUN true 1\nFROM one AS two\nRUN true 2\n' },
    after: { target: 'one' },
  },
  {
    name: 'target-by-number',
    // Docker's builders find no target by its number.
    builders: ['buildah'],
    before: { dockerfile: 'FROM localhost/plain AS one\nRUN true 1\nFROM one AS two\nRUN true 2\n', target: 'one' },
    after: { target: '0' },
  },
  {
    name: 'same-step-in-two-stages',
    before: {
      dockerfile:
        'FROM localhost/plain AS one\nRUN echo 1 > /m\nFROM localhost/plain\nRUN echo 1 > /m\nCOPY --from=one /m /n\n',
    },
    after: {},
  },
  {
    name: 'scratch',
    before: { dockerfile: 'FROM scratch\nCOPY a /a\nCOPY b /b\n', files: { a: '1', b: '2' } },
    after: { files: { b: '3' } },
  },
];
