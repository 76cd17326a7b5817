import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MapOptions, mapLayers } from '../../src/dockerfile/map-layers.ts';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { readProvenance } from '../../src/dockerfile/provenance/provenance.ts';
import { config } from './image-config.ts';
import { WILD } from './wild.ts';

const buildkit = 'buildkit.dockerfile.v0';
const hash = 'b'.repeat(64);

function map(text: string, image: Parameters<typeof config>[0], rest: Partial<MapOptions> = {}) {
  return mapLayers({
    dockerfile: parseDockerfile(text),
    config: config(image),
    layerDigests: [],
    provenance: null,
    baseConfig: null,
    target: null,
    buildArgs: new Map(),
    ...rest,
  });
}

/** By layer: `line confidence`, or null. */
function lines(text: string, image: Parameters<typeof config>[0], rest: Partial<MapOptions> = {}): (string | null)[] {
  return map(text, image, rest).layers.map(({ instruction }) =>
    instruction === null ? null : `${instruction.startLine} ${instruction.confidence}`,
  );
}

const by = (createdBy: string, emptyLayer = false) => ({ createdBy, comment: buildkit, emptyLayer });

describe("BuildKit's records", () => {
  it('of here-documents, the shell form, flags and arguments', () => {
    const text = [
      'FROM scratch',
      'RUN <<EOF\nline1\nline2\nEOF',
      'RUN <<-EOF\n\ttabbed\n\tEOF',
      'RUN <<EOF\n#!/usr/bin/python\nprint(1)\nEOF',
      'RUN cat <<EOF > /x\nbody\nEOF',
      'COPY <<file.conf a /etc/\nbody\nfile.conf',
      'COPY --from=x --link --parents --chown=node:node --chmod=755 src dst',
      'SHELL ["/bin/bash", "-c"]',
      'ARG A=1\nARG B',
      'RUN --mount=type=cache,target=/x make',
      'RUN ["echo", "hi"]',
    ].join('\n');
    const history = [
      by('RUN /bin/sh -c line1\nline2\n # buildkit'),
      by('RUN /bin/sh -c tabbed\n # buildkit'),
      by('RUN /dev/pipes/EOF # buildkit'),
      by('RUN /bin/sh -c cat <<EOF > /x\nbody\nEOF # buildkit'),
      by('COPY a <<file.conf /etc/ # buildkit'),
      by('COPY --parents --chown=node:node --chmod=755 src dst # buildkit'),
      by('SHELL [/bin/bash -c]', true),
      by('ARG A=2', true),
      by('ARG B=two words', true),
      by('RUN |2 A=2 B=two words /bin/bash -c make # buildkit'),
      by('RUN |2 A=2 B=two words echo hi # buildkit'),
    ];
    expect(lines(text, { history })).toEqual([
      '2 exact',
      '6 exact',
      '9 positional',
      '13 exact',
      '16 exact',
      '19 exact',
      '23 exact',
      '24 exact',
    ]);
  });

  it('of here-documents among other words', () => {
    const text = [
      'FROM scratch',
      `RUN <<'END' sh -e\nmkdir -p /m\necho "$HOME" > /m/a\nEND`,
      'RUN mkdir -p /m && cat <<EOF > /m/b\n  indented $HOME\n\nEOF',
      'RUN mkdir -p /m; cat <<one /dev/fd/3 3<<two > /m/c\n1\none\n2\ntwo',
      'RUN --mount=type=bind,target=/context <<EOF\ncp /context/shared /m/d\nEOF',
      'COPY --chmod=600 <<"EOF" /m/e\n$not expanded\nEOF',
      'COPY <<first <<other /m/\none\nfirst\ntwo\nother',
    ].join('\n');
    const history = [
      by(`RUN /bin/sh -c <<'END' sh -e\nmkdir -p /m\necho "$HOME" > /m/a\nEND # buildkit`),
      by('RUN /bin/sh -c mkdir -p /m && cat <<EOF > /m/b\n  indented $HOME\n\nEOF # buildkit'),
      by('RUN /bin/sh -c mkdir -p /m; cat <<one /dev/fd/3 3<<two > /m/c\n1\none\n2\ntwo # buildkit'),
      by('RUN /bin/sh -c cp /context/shared /m/d\n # buildkit'),
      by('COPY --chmod=600 <<EOF /m/e # buildkit'),
      by('COPY <<first <<other /m/ # buildkit'),
    ];
    expect(lines(text, { history })).toEqual(['2', '6', '10', '15', '18', '21'].map((line) => `${line} exact`));
  });

  describe('of a here-document that is a program', () => {
    const text = 'FROM base\nRUN a\nRUN <<EOF\n#!/bin/sh -e\nmake\nEOF\nRUN b';
    const base = by('RUN /bin/sh -c base # buildkit');
    const script = by('RUN /bin/sh -c /dev/pipes/EOF # buildkit');
    const [a, b, c] = ['a', 'b', 'c'].map((each) => by(`RUN /bin/sh -c ${each} # buildkit`));

    it('name it only, so that its place tells', () => {
      const history = [base, { ...a }, script, { ...b }];
      expect(lines(text, { history })).toEqual([null, '2 exact', '3 positional', '7 exact']);
      expect(lines(`${text}\nRUN new`, { history })).toEqual([null, '2 exact', '3 positional', '7 exact']);
    });

    it('are nobody’s where nothing around them fits', () => {
      const history = [base, { ...c }, script, { ...c }];
      expect(lines(text, { history })).toEqual([null, null, null, null]);
    });
  });

  it('name the arguments of parent stages, too', () => {
    const text = 'FROM base AS one\nARG HERE=m\nRUN a\nFROM one\nRUN b';
    const history = [
      by('RUN /bin/sh -c base # buildkit'),
      by('ARG HERE=m', true),
      by('RUN |1 HERE=m /bin/sh -c a # buildkit'),
      by('RUN |1 HERE=m /bin/sh -c b # buildkit'),
    ];
    expect(lines(text, { history })).toEqual([null, '3 exact', '5 exact']);
  });

  it('has arguments whose values only the history knows', () => {
    const text = 'ARG V=1\nFROM base\nARG V\nCOPY app-$V /app\nRUN make';
    const history = [
      by('RUN /bin/sh -c base # buildkit'),
      by('ARG V', true),
      by('COPY app-7 /app # buildkit'),
      by('RUN |1 V=7 /bin/sh -c make # buildkit'),
    ];
    expect(lines(text, { history })).toEqual([null, '4 exact', '5 exact']);
  });

  it('tells a command from the end of a longer one', () => {
    const history = [by('RUN |1 A=x /bin/sh -c one /bin/sh -c two # buildkit')];
    expect(lines('FROM scratch\nARG A\nRUN two', { history })).toEqual([null]);
  });
});

describe("other builders' records", () => {
  it("has buildah's, unexpanded, with here-documents", () => {
    const text = 'FROM base\nARG A=1\nENV B=$A\nCOPY x $B/\nRUN <<EOF\nmake\nEOF\nRUN ["a", "b"]';
    const history = [
      { createdBy: '/bin/sh -c #(nop) ADD file:' + hash + ' in / ' },
      { createdBy: '/bin/sh -c #(nop) ARG A', comment: 'FROM base', emptyLayer: true },
      { createdBy: '/bin/sh -c #(nop) ENV B=$A', comment: 'FROM 0123456789ab', emptyLayer: true },
      { createdBy: `/bin/sh -c #(nop) COPY file:${hash} in $B/ `, comment: 'FROM 0123456789ab' },
      { createdBy: '|1 A=1 /bin/sh -c <<EOF\nmake\nEOF', comment: 'FROM 0123456789ab' },
      { createdBy: '|1 A=1 /bin/sh -c ["a", "b"]', comment: 'FROM 0123456789ab' },
    ];
    const mapping = map(text, { history });
    expect(mapping).toMatchObject({ builder: 'buildah', baseLayers: 1, evidence: 'buildah-comment' });
    expect(mapping.layers.map(({ instruction }) => instruction?.startLine ?? null)).toEqual([null, 4, 5, 8]);
  });

  it("has buildah 1.43's, with mounts, and here-documents trimmed", () => {
    const text = [
      'FROM localhost/base:latest AS stage0',
      'COPY --link --chown=1000:1000 a /m/',
      'ARG HERE=m',
      'RUN <<-EOT\n\tmkdir -p /m\n\ttouch /m/b\nEOT',
      'FROM stage0',
      'ARG PLACE=m',
      'RUN mkdir -p /m && cat <<EOF > /m/c\n  indented $HOME\n\nEOF',
      'RUN --mount=type=bind,target=/context <<EOF\nmkdir -p /m && cp /context/shared /m/d\nEOF',
      'ADD shared /${PLACE}/e',
      'RUN --mount=type=bind,from=stage0,source=/m,target=/earlier cp /earlier/b /m/f',
    ].join('\n');
    const history = [
      { createdBy: `/bin/sh -c #(nop) ADD file:${hash} in /      ` },
      { createdBy: `/bin/sh -c #(nop) COPY --link file:${hash} in /m/      `, comment: 'FROM localhost/base:latest' },
      { createdBy: '/bin/sh -c #(nop) ARG HERE', emptyLayer: true },
      { createdBy: '|1 HERE=m /bin/sh -c <<-EOT\nmkdir -p /m\n\ttouch /m/b' },
      { createdBy: '/bin/sh -c #(nop) ARG HERE PLACE', emptyLayer: true },
      { createdBy: '|2 HERE=m PLACE=m /bin/sh -c mkdir -p /m && cat <<EOF > /m/c\nindented $HOME' },
      {
        createdBy: `|2 HERE=m PLACE=m /bin/sh -c --mount=type=bind,target=/context <<EOF\nmkdir -p /m && cp /context/shared /m/d:sha256:${hash}`,
      },
      { createdBy: `/bin/sh -c #(nop) ADD file:${hash} in /\${PLACE}/e      ` },
      {
        createdBy:
          '|2 HERE=m PLACE=m /bin/sh -c --mount=type=bind,from=stage0,source=/m,target=/earlier cp /earlier/b /m/f',
      },
    ];
    const mapping = map(text, { history, labels: { 'io.buildah.version': '1.43.2' } });
    expect(mapping).toMatchObject({ builder: 'buildah', baseLayers: 1, evidence: 'buildah-comment' });
    expect(mapping.layers.map(({ instruction }) => instruction?.startLine ?? null)).toEqual([
      null,
      2,
      4,
      10,
      14,
      17,
      18,
    ]);
    expect(mapping.steps.map(({ instruction }) => instruction?.startLine ?? null)).toEqual([
      null,
      2,
      3,
      4,
      9,
      10,
      14,
      17,
      18,
    ]);
  });

  it("has kaniko's, which leaves out what makes no layer", () => {
    const text = 'FROM base\nENV A=1\nRUN a  \\\n  b\nLABEL x=y\nCOPY . /app\nCMD x';
    const history = [
      { createdBy: 'x' },
      ...['RUN a    b', 'COPY . /app'].map((createdBy) => ({ createdBy, author: 'kaniko' })),
    ];
    expect(lines(text, { history })).toEqual([null, '3 exact', '6 exact']);
  });
});

describe('what cannot be told is not', () => {
  const copy = (to: string) => ({ createdBy: `/bin/sh -c #(nop) COPY file:${hash} in ${to} ` });
  const run = (command: string) => ({ createdBy: `/bin/sh -c ${command}` });

  it('a COPY of another Dockerfile to the same place', () => {
    const history = [run('base'), copy('./'), run('mvn package')];
    expect(lines('FROM b\nCOPY package.json ./\nRUN npm ci\nRUN npm test', { history })).toEqual([null, null, null]);
  });

  it('which of two COPYs to one place is left', () => {
    const history = [run('a'), copy('/app/'), copy('/app/'), run('b')];
    const edited = lines('FROM b\nRUN a\nCOPY two /app/\nRUN b', { history });
    expect([edited[0], edited[3]]).toEqual(['2 exact', '4 exact']);
    expect([edited[1], edited[2]]).toEqual([null, null]);
  });

  it('several sources for one, and one for several', () => {
    expect(lines('FROM scratch\nCOPY a b /x/\nRUN y', { history: [copy('/x/'), run('y')] })).toEqual([null, '3 exact']);
  });

  it('which of two equal lines was taken out', () => {
    const history = [
      by('RUN /bin/sh -c x # buildkit'),
      by('RUN /bin/sh -c x # buildkit'),
      by('RUN /bin/sh -c z # buildkit'),
    ];
    expect(lines('FROM scratch\nRUN x\nRUN z', { history })).toEqual([null, null, '3 exact']);
    expect(lines('FROM scratch\nRUN x\nRUN x\nRUN z', { history })).toEqual(['2 exact', '3 exact', '4 exact']);
  });

  it("a line that only the base image's history has", () => {
    const base = [
      by('RUN /bin/sh -c a # buildkit'),
      by('WORKDIR /app'),
      by('RUN /bin/sh -c b # buildkit'),
      by('CMD ["x"]', true),
    ];
    const history = [...base, by('RUN /bin/sh -c own # buildkit'), by('RUN /bin/sh -c more # buildkit')];
    const inserted = 'FROM base\nWORKDIR /app\nRUN own\nRUN more';
    expect(lines(inserted, { history })).toEqual([null, null, null, '3 exact', '4 exact']);
    expect(lines('FROM base\nWORKDIR /app\nRUN foreign', { history })).toEqual([null, null, null, null, null]);
  });

  it('where a base image ends by a CMD alone', () => {
    const mapping = map('FROM b\nCMD ["x"]', { history: [by('RUN /bin/sh -c a # buildkit'), by('CMD ["x"]', true)] });
    expect(mapping).toMatchObject({ baseLayers: null, evidence: 'none' });
    expect(mapping.layers[0]?.origin).toBe('unknown');
  });

  it('layers that the history does not fit', () => {
    const image = config({ history: [by('RUN /bin/sh -c x # buildkit')] });
    const more = { ...image, diffIds: [...image.diffIds, ...image.diffIds] };
    expect(lines('FROM scratch\nRUN x', { history: [] }, { config: more })).toEqual([null, null]);
  });
});

describe('the base image', () => {
  const history = [by('# debian.sh'), by('RUN /bin/sh -c base # buildkit'), by('RUN /bin/sh -c own # buildkit')];

  it("ends where its own configuration's layers end", () => {
    const mapping = map('FROM x\nRUN other', { history }, { baseConfig: config({ history: history.slice(0, 2) }) });
    expect(mapping).toMatchObject({ baseLayers: 2, evidence: 'base-config' });
    expect(mapping.layers.map(({ origin }) => origin)).toEqual(['base', 'base', 'own']);
  });

  it('is not told by a configuration of another image', () => {
    const other = { ...config({ history: [{}] }), diffIds: [`sha256:${hash}` as const] };
    expect(map('FROM x\nRUN other', { history }, { baseConfig: other })).toMatchObject({ baseLayers: null });
  });

  it("has a distribution's layers at least", () => {
    const marked = [{ createdBy: "# debian.sh --arch 'amd64'", comment: 'debuerreotype 0.17' }, ...history.slice(1)];
    const mapping = map('FROM x\nRUN other', { history: marked });
    expect(mapping).toMatchObject({ baseLayers: null, evidence: 'marker' });
    expect(mapping.layers.map(({ origin }) => origin)).toEqual(['base', 'unknown', 'unknown']);
  });
});

describe('without a history', () => {
  const bare = { ...config({ history: [] }), diffIds: config({ history: [{}, {}] }).diffIds };

  it('only the place tells, if the counts are the same', () => {
    const place = (text: string) => lines(text, { history: [] }, { config: bare });
    expect(place('FROM scratch\nRUN a\nENV x=y\nCOPY b c')).toEqual(['2 positional', '4 positional']);
    expect(place('FROM scratch\nRUN a\nWORKDIR /x\nCOPY b c')).toEqual(['2 positional', '4 positional']);
    expect(place('FROM scratch\nRUN a')).toEqual([null, null]);
    expect(place('FROM base\nRUN a\nRUN b')).toEqual([null, null]);
  });
});

describe('provenance', () => {
  it('is null where it is none', () => {
    for (const value of [null, 1, 'x', [], {}, { predicate: {} }, { predicate: { buildDefinition: 1 } }]) {
      expect(readProvenance(value)).toBeNull();
    }
  });

  it('of other layers is not used, and a warning says so', () => {
    const provenance = readProvenance({
      buildDefinition: {},
      runDetails: { metadata: { buildkit_metadata: { layers: { 'step0:0': [[{ digest: `sha256:${hash}` }]] } } } },
    });
    expect(provenance).not.toBeNull();
    const mapping = map('FROM scratch\nRUN x', { history: [by('RUN /bin/sh -c x # buildkit')] }, { provenance });
    expect(mapping.layers[0]?.instruction).toMatchObject({ startLine: 2, confidence: 'exact' });
    expect(mapping.oddities.map(({ code }) => code)).toEqual(['provenance-foreign']);
  });

  it('has the triggers of ONBUILD where the FROM stands that sets them off', () => {
    const text = 'FROM base AS one\nRUN a\nONBUILD RUN b\nONBUILD ENV C=d\nONBUILD COPY e f\nFROM one\nRUN g';
    const digests = [0, 1, 2, 3, 4].map((at) => `sha256:${String(at).repeat(64)}`);
    const ran = [null, 2, 6, 6, 7];
    const locations = ran.map((line) => ({ locations: [{ ranges: [{ start: { line } }] }] }));
    const provenance = readProvenance({
      buildDefinition: {
        internalParameters: { buildConfig: { llbDefinition: [{ id: 'step0', op: { Op: { source: {} } } }] } },
      },
      runDetails: {
        metadata: {
          buildkit_metadata: {
            source: {
              infos: [{ filename: 'Dockerfile', data: Buffer.from(text).toString('base64') }],
              locations: Object.fromEntries(locations.slice(1).map((each, at) => [`step${at + 1}`, each])),
            },
            layers: Object.fromEntries(
              digests.map((_, at) => [`step${at}:0`, [digests.slice(0, at + 1).map((digest) => ({ digest }))]]),
            ),
          },
        },
      },
    });
    // Nothing but the provenance tells.
    const history = digests.map(() => ({ createdBy: '' }));
    const told = lines(text, { history }, { provenance, layerDigests: digests });
    expect(told).toEqual([null, '2 exact', '3 exact', '5 exact', '7 exact']);
  });

  it('may be any value', () => {
    fc.assert(fc.property(fc.anything(), (value) => void readProvenance(value)));
  });
});

describe('any image', () => {
  it('is mapped without a crash, to lines of the file', () => {
    const createdBy = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.constantFrom(
        'RUN /bin/sh -c npm run build # buildkit',
        '/bin/sh -c #(nop)  USER node',
        'COPY . . # buildkit',
        '|1 A=b /bin/sh -c x',
      ),
    );
    const history = fc.array(
      fc.record({ createdBy, comment: fc.constantFrom('', buildkit, 'FROM x'), emptyLayer: fc.boolean() }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(history, fc.constantFrom(...WILD), (entries, text) => {
        const last = text.split('\n').length;
        for (const { instruction } of map(text, { history: entries }).layers) {
          expect(instruction?.endLine ?? 1).toBeLessThanOrEqual(last);
        }
      }),
    );
  });

  it('is mapped soon', () => {
    const start = performance.now();
    const many = Array.from({ length: 2500 }, () => by('RUN /bin/sh -c x # buildkit'));
    map(`FROM base\n${'RUN x\n'.repeat(2500)}`, { history: many });
    map(`FROM base\n${'ENV A=$A$A\nRUN x\nARG A\n'.repeat(900)}`, { history: many });
    expect(performance.now() - start).toBeLessThan(30_000);
  });
});
