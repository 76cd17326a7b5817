import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectBuilder, parseHistory, parseHistoryStep } from '../../src/dockerfile/history-step.ts';
import { instructionLines, instructionSummary } from '../../src/dockerfile/rebuild.ts';
import type { Builder } from '../../src/dockerfile/step-record.ts';
import { config, entry } from './image-config.ts';

const hash = 'a'.repeat(64);

/** [created_by, comment or author, builder, keyword, text]; what the tools' sources and real builds show. */
const cases: readonly (readonly [Parameters<typeof entry>[0], Builder, string | null, string])[] = [
  [{ createdBy: 'RUN /bin/sh -c npm ci # buildkit', comment: 'buildkit.dockerfile.v0' }, 'buildkit', 'RUN', 'npm ci'],
  [{ createdBy: 'RUN |2 foo=bar2 bar=1 2 /bin/sh -c ls # buildkit' }, 'buildkit', 'RUN', 'ls'],
  [{ createdBy: 'RUN /dev/pipes/EOF # buildkit' }, 'buildkit', 'RUN', '/dev/pipes/EOF'],
  [{ createdBy: 'COPY --chmod=755 a b ./ # buildkit' }, 'buildkit', 'COPY', '--chmod=755 a b ./'],
  [{ createdBy: 'WORKDIR /app', comment: 'buildkit.dockerfile.v0' }, 'buildkit', 'WORKDIR', '/app'],
  [
    { createdBy: 'EXPOSE map[80/tcp:{} 90/udp:{}]', comment: 'buildkit.dockerfile.v0' },
    'buildkit',
    'EXPOSE',
    '80/tcp 90/udp',
  ],
  [{ createdBy: 'EXPOSE [80/tcp]', comment: 'buildkit.dockerfile.v0' }, 'buildkit', 'EXPOSE', '80/tcp'],
  [
    { createdBy: 'CMD ["/bin/sh" "-c" "a \\"b\\""]', comment: 'buildkit.dockerfile.v0' },
    'buildkit',
    'CMD',
    '["/bin/sh", "-c", "a \\"b\\""]',
  ],
  [{ createdBy: `/bin/sh -c #(nop) COPY file:${hash} in /dst ` }, 'classic', 'COPY', 'file:aaaaaaaaaaaa /dst'],
  [
    { createdBy: `/bin/sh -c #(nop) ADD --chown=rootmulti:${hash} in /k/ ` },
    'classic',
    'ADD',
    '--chown=root multi:aaaaaaaaaaaa /k/',
  ],
  [{ createdBy: '/bin/sh -c #(nop)  ENV A=b' }, 'classic', 'ENV', 'A=b'],
  [{ createdBy: '|1 FOO=bar /bin/sh -c make' }, 'classic', 'RUN', 'make'],
  [{ createdBy: '/bin/bash -o pipefail -c #(nop)  USER x' }, 'classic', 'USER', 'x'],
  [{ createdBy: "/bin/sh -c echo '#(nop) COPY' x" }, 'classic', 'RUN', "echo '#(nop) COPY' x"],
  [{ createdBy: '/bin/sh -c #(nop) ENV A=$B', comment: 'FROM 0123456789ab' }, 'buildah', 'ENV', 'A=$B'],
  [{ createdBy: '/bin/sh -c #(nop) CMD ["x"]' }, 'buildah', 'CMD', '["x"]'],
  [{ createdBy: '|3 X=1 /bin/sh -c make|unsetLabel=x|force-mtime=0', comment: 'FROM base' }, 'buildah', 'RUN', 'make'],
  [
    { createdBy: `/bin/sh -c --mount=type=bind,target=/x make:sha256:${hash}`, comment: 'FROM base' },
    'buildah',
    'RUN',
    '--mount=type=bind,target=/x make',
  ],
  [{ createdBy: '/bin/sh', comment: 'FROM base' }, 'buildah', null, '/bin/sh'],
  [{ createdBy: 'RUN apt-get update', author: 'kaniko' }, 'kaniko', 'RUN', 'apt-get update'],
  [{ createdBy: 'ko build ko://example.org/app', author: 'ko' }, 'ko', null, 'ko build ko://example.org/app'],
  [{ createdBy: 'jib-maven-plugin:3.4.0', author: 'Jib', comment: 'classes' }, 'jib', null, 'jib-maven-plugin:3.4.0'],
  [{ createdBy: 'bazel build ...', author: 'Bazel' }, 'bazel', null, 'bazel build ...'],
  [{ createdBy: 'bazel build @@//:app' }, 'bazel', null, 'bazel build @@//:app'],
  [{ createdBy: '', comment: "store paths: ['/nix/store/x']" }, 'nix', null, ''],
  [
    { createdBy: "Layer: 'jre', Created by buildpack: a/b@1" },
    'buildpacks',
    null,
    "Layer: 'jre', Created by buildpack: a/b@1",
  ],
  [{ createdBy: 'Buildpacks Launcher Config' }, 'buildpacks', null, 'Buildpacks Launcher Config'],
  [{ createdBy: '', comment: 'Imported from -' }, 'import', null, ''],
  [{ createdBy: '', comment: `merge sha256:${hash} to sha256:${hash}` }, 'squash', null, ''],
  [{ createdBy: 'bash' }, 'commit', null, 'bash'],
  [
    { createdBy: "# debian.sh --arch 'amd64' out/", comment: 'debuerreotype 0.17' },
    'unknown',
    null,
    "# debian.sh --arch 'amd64' out/",
  ],
  [{ createdBy: '' }, 'unknown', null, ''],
];

describe('a history entry', () => {
  it.each(cases)('%j by %s', (fields, builder, keyword, text) => {
    expect(parseHistoryStep(entry(fields))).toMatchObject({ builder, keyword, text });
  });

  it('has the flags that are kept, and whether it made a layer', () => {
    const step = parseHistoryStep(entry({ createdBy: 'COPY --chown=a:b x y # buildkit', emptyLayer: true }));
    expect(step.flags).toEqual([{ name: 'chown', value: 'a:b' }]);
    expect(step.producesLayer).toBe(false);
  });
});

describe('a history', () => {
  it("takes buildah's first step from scratch for buildah's", () => {
    const steps = parseHistory(
      config({
        history: [
          { createdBy: `/bin/sh -c #(nop) ADD file:${hash} in / ` },
          { createdBy: '/bin/sh -c #(nop) CMD ["/bin/sh"]', comment: 'FROM 0123456789ab' },
        ],
      }),
    );
    expect(steps.map(({ builder }) => builder)).toEqual(['buildah', 'buildah']);
  });

  describe('in which buildah names the base image once', () => {
    const buildahBase = [
      { createdBy: `/bin/sh -c #(nop) ADD file:${hash} in /      ` },
      { createdBy: '/bin/sh -c #(nop) CMD ["/bin/sh"]', emptyLayer: true },
    ];
    const classicBase = [
      { createdBy: `/bin/sh -c #(nop) ADD file:${hash} in / ` },
      { createdBy: '/bin/sh -c #(nop)  CMD ["bash"]', emptyLayer: true },
    ];
    const named = { createdBy: '/bin/sh -c ["mkdir", "/m"]', comment: 'FROM localhost/base:latest' };
    const run = { createdBy: '/bin/sh -c touch /x' };
    const marked = { createdBy: `/bin/sh -c #(nop) COPY file:${hash} in /m/x      ` };
    const copy = { createdBy: `/bin/sh -c #(nop) COPY file:${hash} in /m/x ` };
    const classicUser = { createdBy: '/bin/sh -c #(nop)  USER app', emptyLayer: true };
    const buildersOf = (history: Parameters<typeof config>[0]['history']): string[] =>
      parseHistory(config({ history, labels: { 'io.buildah.version': '1.43.2' } })).map(({ builder }) => builder);

    it('has all steps after it by buildah', () => {
      expect(buildersOf([...buildahBase, named, run, marked, run])).toEqual(Array.from({ length: 6 }, () => 'buildah'));
    });

    it('has those before it by whoever built the base image', () => {
      expect(buildersOf([...classicBase, run, named, run])).toEqual([
        'classic',
        'classic',
        'classic',
        'buildah',
        'buildah',
      ]);
      expect(buildersOf([run, named])).toEqual(['classic', 'buildah']);
    });

    it('has the steps of a classic build that went on from there', () => {
      expect(buildersOf([...buildahBase, named, copy, classicUser, run])).toEqual([
        'buildah',
        'buildah',
        'buildah',
        'classic',
        'classic',
        'classic',
      ]);
      expect(buildersOf([...buildahBase, named, marked, copy, classicUser])).toEqual([
        'buildah',
        'buildah',
        'buildah',
        'buildah',
        'classic',
        'classic',
      ]);
    });
  });

  it('takes bare words between classic steps for an exec form', () => {
    const steps = parseHistory(
      config({ history: [{ createdBy: '/bin/sh -c #(nop)  ENV A=b' }, { createdBy: 'touch /x' }] }),
    );
    expect(steps[1]).toMatchObject({ builder: 'classic', keyword: 'RUN', text: 'touch /x' });
  });

  it('tells who built an image by its last steps, and knows none of an empty one', () => {
    const base = { createdBy: '/bin/sh -c #(nop)  CMD ["bash"]' };
    expect(detectBuilder(config({ history: [base, { createdBy: 'RUN x # buildkit' }, { createdBy: '' }] }))).toBe(
      'buildkit',
    );
    expect(detectBuilder(config({ history: [base] }))).toBe('classic');
    expect(detectBuilder(config({ history: [] }))).toBe('unknown');
  });

  it('has steps of any text, that can be printed', () => {
    const text = fc.oneof(
      fc.string(),
      fc
        .array(
          fc.constantFrom(
            '/bin/sh -c ',
            '#(nop) ',
            'COPY ',
            `file:${hash}`,
            ' in ',
            '|1 ',
            'A=b ',
            'RUN ',
            ' # buildkit',
            '[',
            ']',
            '"',
            '&{',
            '\n',
          ),
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, text, (createdBy, comment) => {
        const step = parseHistoryStep(entry({ createdBy, comment }));
        expect(instructionLines(step).every((line) => !line.includes('\u001B'))).toBe(true);
        instructionSummary(step);
      }),
      { numRuns: 1000 },
    );
    const start = performance.now();
    for (const part of ['|1 ', '/bin/sh -c ', '#(nop) ', '-a ', ' ', '"', ':aaaa', `file:${hash} in `, '--x ']) {
      for (const before of ['', '/bin/sh ', '|1 A=b ', 'RUN ', 'HEALTHCHECK &{[', '/bin/sh -c #(nop) COPY ']) {
        parseHistoryStep(entry({ createdBy: before + part.repeat(50_000 / part.length), comment: 'FROM x' }));
        parseHistoryStep(entry({ createdBy: `${before}${part.repeat(50_000 / part.length)} # buildkit` }));
      }
    }
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
