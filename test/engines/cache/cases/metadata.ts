import { type CacheCase, type TruthBuilder, truthBuilders } from '../cache-case.ts';
import { fromPlain } from './from-plain.ts';

const files = { a: '1' };
/** The instruction with a step before and steps after it. */
const around = (...instructions: readonly string[]): string =>
  fromPlain('COPY a /a', ...instructions, 'COPY a /b', 'RUN true');
const change = (
  name: string,
  before: string,
  after: string,
  builtBy: readonly TruthBuilder[] = truthBuilders,
): CacheCase => ({
  name,
  builtBy,
  before: { dockerfile: around(before), files },
  after: { dockerfile: around(after) },
});

/** Instructions that change the configuration only, USER, SHELL and WORKDIR. */
export const metadata: readonly CacheCase[] = [
  change('label-changed', 'LABEL v=1', 'LABEL v=2'),
  change('label-quotes', 'LABEL v=1', 'LABEL v="1"'),
  change('label-order', 'LABEL a=1 b=2', 'LABEL b=2 a=1', ['buildkit', 'classic']),
  change('cmd-changed', 'CMD ["a"]', 'CMD ["b"]', ['buildkit']),
  change('cmd-exec-spacing', 'CMD ["a","b"]', 'CMD ["a", "b"]'),
  change('entrypoint-changed', 'ENTRYPOINT ["a"]', 'ENTRYPOINT ["b"]', ['buildkit']),
  change('expose-changed', 'EXPOSE 80', 'EXPOSE 81', ['buildkit']),
  change('expose-protocol-written-out', 'EXPOSE 80', 'EXPOSE 80/tcp'),
  change('volume-changed', 'VOLUME /one', 'VOLUME /two', ['buildkit']),
  change('stopsignal-changed', 'STOPSIGNAL 9', 'STOPSIGNAL 15', ['buildkit']),
  change('maintainer-changed', 'MAINTAINER one', 'MAINTAINER two', ['buildkit']),
  change('user-changed', 'USER root', 'USER app'),
  change('user-number-for-its-name', 'USER app', 'USER 1000', ['buildkit', 'classic']),
  change('shell-changed', 'SHELL ["/bin/sh", "-c"]', 'SHELL ["/bin/sh", "-e", "-c"]'),
  change('workdir-changed', 'WORKDIR /app', 'WORKDIR /srv'),
  change('workdir-trailing-slash', 'WORKDIR /app', 'WORKDIR /app/'),
  change('workdir-split', 'WORKDIR /app/sub', 'WORKDIR /app\nWORKDIR sub', ['buildkit', 'classic']),
  change('workdir-relative', 'WORKDIR /app\nWORKDIR sub', 'WORKDIR /app\nWORKDIR /app/sub', ['buildkit', 'classic']),
  change('workdir-is-root', 'WORKDIR /', 'WORKDIR /.', ['buildkit', 'classic']),
  change('onbuild-changed', 'ONBUILD RUN true 1', 'ONBUILD RUN true 2'),
  {
    name: 'healthcheck-changed',
    builtBy: ['buildkit', 'classic'],
    // buildah's OCI images have none: it warns and keeps the step.
    before: { dockerfile: around('HEALTHCHECK CMD true'), files },
    after: { dockerfile: around('HEALTHCHECK --interval=5m CMD true') },
  },
  {
    name: 'label-last-changed',
    builtBy: ['buildkit', 'classic'],
    before: { dockerfile: fromPlain('RUN true', 'LABEL v=1') },
    after: { dockerfile: fromPlain('RUN true', 'LABEL v=2') },
  },
  {
    name: 'label-from-variable',
    before: { dockerfile: fromPlain('ARG V=1', 'LABEL v=$V', 'COPY a /a'), files },
    after: { args: { V: '2' } },
  },
  {
    name: 'workdir-from-variable',
    before: { dockerfile: fromPlain('ARG V=1', 'WORKDIR /app$V', 'COPY a ./'), files },
    after: { args: { V: '2' } },
  },
  {
    name: 'user-owns-workdir',
    builtBy: ['buildkit', 'classic'],
    before: { dockerfile: fromPlain('USER root', 'WORKDIR /app') },
    after: { dockerfile: fromPlain('USER app', 'WORKDIR /app') },
  },
  {
    name: 'shell-after-run',
    builtBy: ['buildkit'],
    before: { dockerfile: fromPlain('RUN true', 'SHELL ["/bin/sh", "-c"]') },
    after: { dockerfile: fromPlain('RUN true', 'SHELL ["/bin/sh", "-e", "-c"]') },
  },
  {
    name: 'onbuild-in-a-child-stage',
    // buildah's OCI images have no triggers.
    builders: ['buildkit', 'classic'],
    before: {
      dockerfile: 'FROM localhost/plain AS one\nONBUILD COPY a /a\nONBUILD RUN true\nFROM one\nRUN true 1\n',
      files,
    },
    after: { files: { a: '2' } },
  },
  {
    name: 'onbuild-trigger-edited',
    builders: ['buildkit', 'classic'],
    before: {
      dockerfile: 'FROM localhost/plain AS one\nONBUILD COPY a /a\nONBUILD RUN true 1\nFROM one\nRUN true\n',
      files,
    },
    after: { dockerfile: 'FROM localhost/plain AS one\nONBUILD COPY a /a\nONBUILD RUN true 2\nFROM one\nRUN true\n' },
  },
  {
    name: 'epoch-and-workdir',
    before: { dockerfile: fromPlain('WORKDIR /app', 'COPY a ./'), files, args: { SOURCE_DATE_EPOCH: '1700000000' } },
    after: { args: { SOURCE_DATE_EPOCH: '1700000001' } },
  },
  {
    name: 'epoch-without-workdir',
    builtBy: ['buildkit'],
    before: { dockerfile: fromPlain('COPY a /a', 'RUN true'), files, args: { SOURCE_DATE_EPOCH: '1700000000' } },
    after: { args: { SOURCE_DATE_EPOCH: '1700000001' } },
  },
  {
    name: 'escape-directive',
    builtBy: ['buildkit'],
    before: { dockerfile: fromPlain('RUN true 1') },
    after: { dockerfile: `# escape=\`\n${fromPlain('RUN true 1')}` },
  },
];
