import { describe, expect, it } from 'vitest';
import { changedBy, fixedText, fixOf, refusedBy } from './fix-of.ts';

const merged = (text: string) => fixedText(fixOf(text));

describe('mergeDeletion', () => {
  it('deletes in the line that makes the files', () => {
    expect(
      merged('FROM a\nRUN apt-get update && apt-get install -y git\nRUN rm -rf /var/lib/apt/lists/*\nCMD x\n'),
    ).toBe('FROM a\nRUN apt-get update && apt-get install -y git && \\\n    rm -rf /var/lib/apt/lists/*\nCMD x\n');
  });

  it('keeps comments, indentation and the escape character', () => {
    expect(
      merged(
        '# escape=`\nFROM a\nRUN curl -o /tmp/x.tgz https://x && `\n  tar xf /tmp/x.tgz\n\n# not needed\nRUN rm -f /tmp/x.tgz\n',
      ),
    ).toBe(
      '# escape=`\nFROM a\nRUN curl -o /tmp/x.tgz https://x && `\n  tar xf /tmp/x.tgz && `\n# not needed\n  rm -f /tmp/x.tgz\n',
    );
  });

  it('joins one deletion after the other', () => {
    expect(merged('FROM a\nRUN mkdir /x /y\nRUN rm -r /x\nRUN rm -r /y\n')).toBe(
      'FROM a\nRUN mkdir /x /y && \\\n    rm -r /x && \\\n    rm -r /y\n',
    );
  });

  it.each([
    ['RUN a | b\nRUN rm -rf /x', /script to which no command/],
    ['RUN mkdir /x && exec make\nRUN rm -rf /x', /may end before/],
    ['RUN ["mkdir", "/x"]\nRUN rm -rf /x', /no script/],
    ['RUN --network=none mkdir /x\nRUN rm -rf /x', /other flags/],
    ['RUN --mount=type=cache,target=/x mkdir /x/y\nRUN --mount=type=cache,target=/x rm -rf /x/y', /mounts/],
    ['RUN make install\nRUN rm -rf /src', /nothing tells that line 2 makes \/src/],
    ['RUN mkdir /x;\nRUN rm -rf /x', /no command can be added/],
  ])('refuses %j', (text, reason) => {
    const fix = fixOf(`FROM a\n${text}\n`);
    expect(changedBy(fix, 'deleted-later')).toBe(0);
    expect(refusedBy(fix, 'deleted-later')).toMatch(reason);
  });

  it.each([
    'RUN mkdir /x\nUSER b\nRUN rm -rf /x',
    'RUN mkdir /x\nCOPY a /x\nRUN rm -rf /x',
    'RUN mkdir /x\nRUN rm -rf x',
    'RUN mkdir /x\nRUN rm -rf /',
    'RUN mkdir /x\nRUN rm -rf /x /usr/../..',
    'RUN mkdir /x\nRUN rm -rf /x || true',
    'RUN mkdir /x\nRUN rm -rf $X',
    'RUN mkdir /x\nFROM b\nRUN rm -rf /x',
  ])('has nothing to say of %j', (text) => {
    const fix = fixOf(`FROM a\n${text}\n`);
    expect([changedBy(fix, 'deleted-later'), refusedBy(fix, 'deleted-later')]).toEqual([0, '']);
  });
});
