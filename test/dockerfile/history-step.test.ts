import { describe, expect, test } from 'vitest';
import { type HistoryStep, parseHistoryStep } from '../../src/dockerfile/history-step.ts';

type Entry = Parameters<typeof parseHistoryStep>[0];

const parse = (createdBy: string, rest: Partial<Entry> = {}): HistoryStep =>
  parseHistoryStep({ createdBy, created: null, comment: '', author: '', emptyLayer: false, ...rest });
const step = (keyword: string | null, text: string, buildArgs: string | null = null): Partial<HistoryStep> => ({
  keyword,
  text,
  buildArgs,
});

describe('BuildKit', () => {
  test.each([
    ['RUN /bin/sh -c npm ci # buildkit', step('RUN', 'npm ci')],
    ['RUN echo hi # buildkit', step('RUN', 'echo hi')],
    ['RUN |2 foo=bar2 bar=123 /bin/sh -c ls /etc/ # buildkit', step('RUN', 'ls /etc/', 'foo=bar2 bar=123')],
    ['RUN |1 v=two words /bin/sh -c make # buildkit', step('RUN', 'make', 'v=two words')],
    ['RUN /bin/sh -c line1\nline2\n # buildkit', step('RUN', 'line1\nline2')],
    ['RUN /bin/bash -o pipefail -c make # buildkit', step('RUN', '/bin/bash -o pipefail -c make')],
    ['COPY package.json package-lock.json ./ # buildkit', step('COPY', 'package.json package-lock.json ./')],
    ['COPY --chown=node:node --chmod=755 src dst # buildkit', step('COPY', '--chown=node:node --chmod=755 src dst')],
    ['COPY <<file.conf /etc/file.conf # buildkit', step('COPY', '<<file.conf /etc/file.conf')],
    ['ADD https://example.com/x /dst # buildkit', step('ADD', 'https://example.com/x /dst')],
  ])('%j', (createdBy, expected) => {
    expect(parse(createdBy, { comment: 'buildkit.dockerfile.v0' })).toMatchObject(expected);
  });

  test.each([
    ['WORKDIR /app', step('WORKDIR', '/app')],
    ['ENV A=b C=d', step('ENV', 'A=b C=d')],
    ['ARG foo=bar baz', step('ARG', 'foo=bar baz')],
    ['CMD ["/bin/sh" "-c" "node x"]', step('CMD', '["/bin/sh", "-c", "node x"]')],
    ['ENTRYPOINT ["node" "a \\"b\\""]', step('ENTRYPOINT', '["node", "a \\"b\\""]')],
    ['EXPOSE [1234/udp 2375/tcp]', step('EXPOSE', '1234/udp 2375/tcp')],
    ['EXPOSE map[3000/tcp:{} 80/tcp:{}]', step('EXPOSE', '3000/tcp 80/tcp')],
    ['VOLUME [/data /more]', step('VOLUME', '["/data", "/more"]')],
    ['SHELL [/bin/bash -o pipefail -c]', step('SHELL', '["/bin/bash", "-o", "pipefail", "-c"]')],
    ['STOPSIGNAL SIGQUIT', step('STOPSIGNAL', 'SIGQUIT')],
    [
      `HEALTHCHECK &{["CMD-SHELL" "curl -f http://localhost/"] "5m0s" "3s" "0s" "0s" '\\x03'}`,
      step('HEALTHCHECK', '--interval=5m0s --timeout=3s CMD curl -f http://localhost/'),
    ],
    [`HEALTHCHECK &{["CMD" "a" "b c"] "0s" "0s" "0s" "0s" '\\x00'}`, step('HEALTHCHECK', 'CMD ["a", "b c"]')],
    [`HEALTHCHECK &{["NONE"] "0s" "0s" "0s" "0s" '\\x00'}`, step('HEALTHCHECK', 'NONE')],
  ])('%j', (createdBy, expected) => {
    expect(parse(createdBy, { comment: 'buildkit.dockerfile.v0', emptyLayer: true })).toMatchObject(expected);
  });
});

describe('the classic builder', () => {
  const hash = 'a1b2c3d4e5f6'.repeat(5).padEnd(64, '0');

  test.each([
    [`/bin/sh -c #(nop) COPY file:${hash} in /dst `, step('COPY', 'file:a1b2c3d4e5f6 /dst')],
    [`/bin/sh -c #(nop) COPY --chown=a:b dir:${hash} in /dst `, step('COPY', '--chown=a:b dir:a1b2c3d4e5f6 /dst')],
    [`/bin/sh -c #(nop) ADD multi:${hash} in / `, step('ADD', 'multi:a1b2c3d4e5f6 /')],
    ['/bin/sh -c #(nop) WORKDIR /app', step('WORKDIR', '/app')],
    ['/bin/sh -c #(nop)  CMD ["bash"]', step('CMD', '["bash"]')],
    ['/bin/sh -c #(nop)  ENV A=b', step('ENV', 'A=b')],
    ['/bin/bash -o pipefail -c #(nop)  EXPOSE 80', step('EXPOSE', '80')],
    ['cmd /S /C #(nop)  CMD ["cmd"]', step('CMD', '["cmd"]')],
    ['/bin/sh -c apt-get update && apt-get install x', step('RUN', 'apt-get update && apt-get install x')],
    ['|1 FOO=bar /bin/sh -c make', step('RUN', 'make', 'FOO=bar')],
    ['/bin/bash -o pipefail -c make', step('RUN', '/bin/bash -o pipefail -c make')],
    ['cmd /S /C dir', step('RUN', 'cmd /S /C dir')],
  ])('%j', (createdBy, expected) => {
    expect(parse(createdBy)).toMatchObject(expected);
  });
});

describe('buildah', () => {
  test.each([
    ['/bin/sh -c #(nop) ENV A=b', step('ENV', 'A=b')],
    ['/bin/sh -c #(nop) ARG k1 k2', step('ARG', 'k1 k2')],
    ['/bin/sh -c make|unsetLabel=x|force-mtime=0', step('RUN', 'make')],
    ['|2 A=1 B=2 /bin/sh -c make|force-mtime=0', step('RUN', 'make', 'A=1 B=2')],
    ['/bin/sh -c ["touch", "/x"]', step('RUN', '["touch", "/x"]')],
  ])('%j', (createdBy, expected) => {
    expect(parse(createdBy, { comment: 'FROM docker.io/library/busybox:latest' })).toMatchObject(expected);
  });
});

test.each([
  ['RUN apt-get update', step('RUN', 'apt-get update')],
  ['COPY . /app', step('COPY', '. /app')],
])('kaniko writes instructions as they are: %j', (createdBy, expected) => {
  expect(parse(createdBy, { author: 'kaniko' })).toMatchObject(expected);
});

test.each([
  ["# debian.sh --arch 'amd64' out/ 'bookworm' '@1765152000'"],
  ['ko build ko://example.com/cmd/app'],
  ['jib-maven-plugin:3.4.0'],
  ['bazel build ...'],
  ["Layer: 'jre', Created by buildpack: paketo@1.0"],
  ['crane append x.tar'],
  [''],
])('what no Dockerfile made stays as it is: %j', (createdBy) => {
  expect(parse(createdBy)).toMatchObject(step(null, createdBy));
});
