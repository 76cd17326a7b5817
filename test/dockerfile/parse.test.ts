import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dockerfile, Instruction } from '../../src/dockerfile/dockerfile.ts';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { targetChain } from '../../src/dockerfile/chain.ts';
import { WILD } from './wild.ts';

function all({ stages, globalArgs }: Dockerfile): readonly Instruction[] {
  return [...globalArgs, ...stages.flatMap(({ instructions }) => instructions)];
}

/** `KEYWORD start-end`. */
function outline(text: string): string[] {
  return all(parseDockerfile(text)).map(({ keyword, startLine, endLine }) => `${keyword} ${startLine}-${endLine}`);
}

function only(text: string): Instruction {
  const found = all(parseDockerfile(`FROM a\n${text}`))[1];
  if (found === undefined) throw new Error('no instruction');
  return found;
}

function codes(text: string): string[] {
  return parseDockerfile(text).oddities.map(({ code }) => code);
}

describe('lines', () => {
  it('joins continuations over comments and blank lines, as builders do', () => {
    const text = 'FROM a\nRUN one \\\n  # why\n\n   && two \\\n\t&& three\nUSER x\n';
    expect(outline(text)).toEqual(['FROM 1-1', 'RUN 2-6', 'USER 7-7']);
    expect(all(parseDockerfile(text))[1]?.line).toBe('RUN one    && two \t&& three');
    expect(codes(text)).toEqual([]);
  });

  it('takes a doubled escape at the end of a line for itself', () => {
    expect(outline('FROM a\nRUN echo \\\\\nRUN two')).toEqual(['FROM 1-1', 'RUN 2-2', 'RUN 3-3']);
  });

  it('lets white space follow the escape', () => {
    expect(outline('FROM a\nRUN one \\  \t\n two')).toEqual(['FROM 1-1', 'RUN 2-3']);
  });

  it('ends an instruction whose last line goes on, with the file or with comments', () => {
    expect(outline('FROM a\nRUN one \\\n')).toEqual(['FROM 1-1', 'RUN 2-2']);
    expect(outline('FROM a\nRUN one \\\n# end')).toEqual(['FROM 1-1', 'RUN 2-2']);
  });

  it('reads a byte order mark, carriage returns and lower case', () => {
    const text = '\uFEFFfrom a as b\r\nrun one \\\r\n  two\r\n';
    expect(outline(text)).toEqual(['FROM 1-1', 'RUN 2-3']);
    expect(parseDockerfile(text).stages[0]).toMatchObject({ name: 'b', from: 'a', startLine: 1, endLine: 3 });
    expect(all(parseDockerfile(text))[1]?.line).toBe('run one   two');
  });

  it('reads directives, and only at the top', () => {
    expect(
      parseDockerfile('# syntax = docker/dockerfile:1\n# escape=`\n# check=skip=all;error=true\nFROM a').directives,
    ).toEqual({
      syntax: 'docker/dockerfile:1',
      escape: '`',
      check: 'skip=all;error=true',
    });
    expect(parseDockerfile('# a comment\n# escape=`\nFROM a').directives.escape).toBe('\\');
    expect(outline('# escape=`\nFROM a\nRUN dir C:\\\nRUN one `\n two')).toEqual(['FROM 2-2', 'RUN 3-3', 'RUN 4-5']);
  });

  it('keeps an ignore comment with the instruction below it or around it', () => {
    const run = only(
      '# layerscope ignore=apt-lists,secrets kept for a reason\nRUN one \\\n # layerscope ignore=pip-cache\n two',
    );
    expect(run.ignores).toEqual([
      { rules: ['apt-lists', 'secrets'], reason: 'kept for a reason', line: 2 },
      { rules: ['pip-cache'], reason: null, line: 4 },
    ]);
    expect(only('# layerscope ignore=a\n\nRUN one').ignores).toEqual([]);
  });
});

describe('instructions', () => {
  it('knows flags with quotes, and where they end', () => {
    const run = only('RUN --mount=type=cache,target="/a b" --network=none -- --not-a-flag');
    expect(run.flags).toEqual([
      { name: 'mount', value: 'type=cache,target=/a b' },
      { name: 'network', value: 'none' },
    ]);
    expect(run.arguments).toEqual({ form: 'text', text: '--not-a-flag' });
  });

  it('knows each form of arguments', () => {
    expect(only('RUN ["a", "b c"]').arguments).toEqual({ form: 'exec', words: ['a', 'b c'] });
    expect(only("RUN ['a']").arguments).toEqual({ form: 'text', text: "['a']" });
    expect(only('RUN [ -f x ] && y').arguments).toEqual({ form: 'text', text: '[ -f x ] && y' });
    expect(only('COPY a  b\tc').arguments).toEqual({ form: 'words', words: ['a', 'b', 'c'] });
    expect(only('COPY ["a b", "c"]').arguments).toEqual({ form: 'exec', words: ['a b', 'c'] });
    expect(only('ENV A=1 B="two words" C=x\\ y').arguments).toEqual({
      form: 'pairs',
      pairs: [
        { name: 'A', value: '1' },
        { name: 'B', value: '"two words"' },
        { name: 'C', value: 'x\\ y' },
      ],
    });
    expect(only('ENV OLD  all of it').arguments).toEqual({
      form: 'pairs',
      pairs: [{ name: 'OLD', value: 'all of it' }],
    });
    expect(only('ARG A B=1').arguments).toEqual({
      form: 'pairs',
      pairs: [
        { name: 'A', value: null },
        { name: 'B', value: '1' },
      ],
    });
  });

  it('keeps what ONBUILD keeps', () => {
    expect(only('ONBUILD RUN --network=none a').trigger).toMatchObject({
      keyword: 'RUN',
      line: 'RUN --network=none a',
    });
    expect(only('ONBUILD').trigger).toBeNull();
  });
});

describe('here-documents', () => {
  it('belong to the instruction that opens them', () => {
    const text = 'FROM a\nRUN <<EOF\none\nRUN two\nEOF\nCOPY <<-"A" <<B /x/\n\tone\n\tA\ntwo\nB\nUSER x';
    expect(outline(text)).toEqual(['FROM 1-1', 'RUN 2-5', 'COPY 6-10', 'USER 11-11']);
    expect(all(parseDockerfile(text)).flatMap(({ heredocs }) => heredocs)).toEqual([
      { name: 'EOF', content: 'one\nRUN two\n', expand: true, chomp: false },
      { name: 'A', content: '\tone\n', expand: false, chomp: true },
      { name: 'B', content: 'two\n', expand: true, chomp: false },
    ]);
  });

  it('are not in quotes, in the exec form, in arithmetic, or in other instructions', () => {
    for (const line of [
      'RUN echo "<<EOF"',
      'RUN ["cat", "<<EOF"]',
      'RUN echo $((1<<2))',
      'ENV A=<<EOF',
      'RUN cat <<<x',
    ]) {
      expect(only(line).heredocs).toEqual([]);
    }
  });

  it('may follow ONBUILD', () => {
    expect(only('ONBUILD RUN <<EOF\nx\nEOF').heredocs).toHaveLength(1);
  });

  it('that never end do not swallow the rest', () => {
    const text = 'FROM a\nRUN <<EOF\necho\nUSER x';
    expect(outline(text)).toEqual(['FROM 1-1', 'RUN 2-2', 'ECHO 3-3', 'USER 4-4']);
    expect(codes(text)).toContain('dockerfile-open-heredoc');
  });
});

describe('what no builder takes', () => {
  it('is told, and the rest is still read', () => {
    const text = 'RUN early\nARG A\nFROM a\nFORM b\nRUN c';
    expect(outline(text)).toEqual(['ARG 2-2', 'FROM 3-3', 'FORM 4-4', 'RUN 5-5']);
    expect(codes(text)).toEqual(['dockerfile-unknown-instruction', 'dockerfile-before-from']);
  });

  it('may be nothing at all', () => {
    expect(parseDockerfile('')).toMatchObject({ stages: [], globalArgs: [] });
    expect(
      targetChain(parseDockerfile('# nothing'), {
        target: null,
        buildArgs: new Map(),
        baseEnvironment: () => undefined,
      }),
    ).toBeNull();
  });
});

function check(text: string): void {
  const dockerfile = parseDockerfile(text);
  const lineCount = text.split('\n').length;
  let last = 0;
  for (const { stages } of [dockerfile]) {
    for (const { startLine, endLine } of stages.flatMap(({ instructions }) => instructions)) {
      expect(startLine).toBeGreaterThan(last);
      expect(endLine).toBeGreaterThanOrEqual(startLine);
      expect(endLine).toBeLessThanOrEqual(lineCount);
      last = endLine;
    }
  }
  targetChain(dockerfile, { target: null, buildArgs: new Map([['A', 'b']]), baseEnvironment: () => undefined });
}

describe('any text', () => {
  it('is read without a crash', () => {
    fc.assert(fc.property(fc.string({ maxLength: 400 }), check), { numRuns: 500 });
    const words = fc.constantFrom(
      'FROM ',
      'a',
      ' AS b',
      '\n',
      'RUN ',
      '<<EOF',
      'EOF',
      '\\',
      '\\\n',
      '# ',
      'ARG A=',
      '$A',
      '${A:-',
      '}',
      'ENV ',
      '"',
      "'",
      '[',
      ']',
      'COPY ',
      '--from=b ',
      'ONBUILD ',
      ' ',
      '\r\n',
      '=',
      'WORKDIR ',
      '/',
      'SHELL ["x"]',
      '# escape=`\n',
      '`',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 60 }), (parts) => check(parts.join(''))),
      { numRuns: 1500 },
    );
  });

  it('is read without a crash when a real Dockerfile is damaged', () => {
    const cut = fc.record({
      text: fc.constantFrom(...WILD),
      at: fc.nat(2000),
      length: fc.nat(60),
      put: fc.constantFrom('', '\\', '"', "'", '\n', '<<', '${', '#', '\0', '[', 'FROM ', '\r'),
    });
    fc.assert(
      fc.property(cut, ({ text, at, length, put }) => check(text.slice(0, at) + put + text.slice(at + length))),
      { numRuns: 1500 },
    );
  });

  it('is read in time that grows with its length', () => {
    const start = performance.now();
    check('#'.repeat(99_000));
    check(`# escape=\\\n${'# '.repeat(45_000)}`);
    for (const part of [
      '\\',
      '\\ ',
      ' \\\n',
      '"',
      "'",
      '$',
      '${',
      '<<a ',
      '#',
      '\t',
      '--a ',
      '\n',
      'a=',
      '[',
      '{',
      '${a:-',
      '<<',
      '=',
    ]) {
      check(`FROM a\nRUN ${part.repeat(60_000 / part.length)}`);
      check(`FROM a\nENV ${part.repeat(60_000 / part.length)}`);
      check(part.repeat(60_000 / part.length));
    }
    check('FROM a\n' + 'RUN <<EOF\n'.repeat(5000));
    expect(performance.now() - start).toBeLessThan(30_000);
  });
});
