import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import { sameConfiguration } from '../../../src/cache/fix/same-configuration.ts';
import { type Files, fixedText, fixOf } from './fix-of.ts';

const files: Files = {
  'package.json': '{}',
  'package-lock.json': '{"lockfileVersion":3,"packages":{"":{}}}',
  'requirements.txt': 'flask\n',
  'go.mod': 'module a\n\ngo 1.22\n',
  'run.sh': '',
  'src/a': '',
  '.github/a.yml': '',
};

/** Lines that the moves look at, and others that stand in their way. */
const instruction = fc.constantFrom(
  'ARG GIT_SHA',
  'ARG BUILD_DATE=unknown',
  'ENV REVISION=$GIT_SHA',
  'ENV A=1',
  'LABEL revision=$GIT_SHA',
  'LABEL a=b',
  'WORKDIR /app',
  'WORKDIR /srv/x',
  'COPY . .',
  'COPY . /app',
  'COPY --chown=app:app . .',
  'COPY src /data',
  'COPY run.sh /run.sh',
  'COPY package.json package-lock.json ./',
  'RUN npm ci',
  'RUN npm ci && \\\n    npm run build && \\\n    # why\n    true',
  'RUN pip install -r requirements.txt',
  'RUN go mod download',
  'RUN apt-get update && apt-get install -y git',
  'RUN rm -rf /var/lib/apt/lists/*',
  'RUN mkdir /x',
  'RUN rm -r /x',
  'RUN chown -R app:app /data',
  'RUN chmod +x /run.sh',
  'RUN make',
  'RUN echo $GIT_SHA',
  'RUN <<EOF\nmake\nEOF',
  'USER app',
  'EXPOSE 80',
  'CMD ["x"]',
  'ONBUILD RUN x',
  'FROM debian AS other',
  'COPY --from=other /a /b',
);

const separator = fc.constantFrom('\n', '\n\n', '\n# a comment\n', '\n\n# two\n# lines\n');

const generated = fc
  .tuple(fc.array(fc.tuple(instruction, separator), { maxLength: 14 }), fc.boolean(), fc.constantFrom('\n', '\r\n'))
  .map(([lines, ends, newline]) => {
    const text = `# syntax=docker/dockerfile:1\nFROM node AS base\n${lines.map(([line, after]) => line + after).join('')}`;
    return (ends ? text : text.trimEnd()).replaceAll('\n', newline);
  });

const builder = fc.constantFrom('buildkit', 'classic', 'buildah', 'kaniko');

const trimmed = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

describe('any fix', () => {
  it('leaves nothing to fix', () => {
    fc.assert(
      fc.property(generated, builder, (text, each) => {
        const fix = fixOf(text, files, { builder: each });
        const ignoreText = fix.files.find(({ role }) => role === 'ignore-file')?.after;
        const left = Object.fromEntries(
          Object.entries(files).filter(([path]) => ignoreText?.includes(path.split('/')[0] ?? '') !== true),
        );
        const again = fixOf(fixedText(fix) ?? text, left, {
          builder: each,
          ...(ignoreText === undefined ? {} : { ignoreText }),
        });
        expect([again.files, again.changes]).toEqual([[], []]);
        expect(fix.changes.length).toBeLessThan(50);
      }),
      { numRuns: 150 },
    );
  });

  it('leaves the configuration of the image, and every line that no change names', () => {
    fc.assert(
      fc.property(generated, builder, (text, each) => {
        const fix = fixOf(text, files, { builder: each });
        const after = fixedText(fix) ?? text;
        expect(sameConfiguration(parseDockerfile(text), parseDockerfile(after))).toBe(true);
        // Lines are moved, so their order is not compared; those of RUN and COPY may be rewritten where a change says so.
        const kept = (lines: readonly string[]) =>
          lines.filter((line) => !/^(?:RUN|COPY|rm|npm)\b|^&&/.test(line.replace(/ && \\$/, ''))).sort();
        expect(kept(trimmed(after))).toEqual(kept(trimmed(text)));
        const { oddities } = parseDockerfile(after);
        expect(oddities).toEqual(parseDockerfile(text).oddities);
        for (const { line } of [...fix.changes, ...fix.refused]) {
          expect(line).toBeGreaterThan(0);
          expect(line).toBeLessThanOrEqual(text.split('\n').length);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('keeps the order of what each RUN and COPY does', () => {
    fc.assert(
      fc.property(generated, (text) => {
        const fix = fixOf(text, files);
        if (fix.changes.some(({ rule }) => rule !== 'volatile-arg')) return;
        const acting = (source: string) =>
          parseDockerfile(source).stages.flatMap(({ instructions }) =>
            instructions.filter(({ keyword }) => /^(?:RUN|COPY|WORKDIR|USER)$/.test(keyword)).map((each) => each.text),
          );
        expect(acting(fixedText(fix) ?? text)).toEqual(acting(text));
      }),
      { numRuns: 150 },
    );
  });

  it('takes whatever stands in a file', () => {
    fc.assert(
      fc.property(
        fc.string({
          maxLength: 200,
          unit: fc.constantFrom(
            'RUN ',
            'COPY ',
            'npm ci',
            '. ',
            '\n',
            '\\\n',
            '#',
            '&&',
            '"',
            '$',
            '{',
            'FROM a\n',
            'ARG GIT_SHA\n',
            ' ',
            '/',
            '\r\n',
            '<<E',
            '\uFEFF',
          ),
        }),
        builder,
        (text, each) => {
          const fix = fixOf(text, files, { builder: each });
          expect(fix.changes.length).toBeLessThan(50);
        },
      ),
      { numRuns: 300 },
    );
  });
});
