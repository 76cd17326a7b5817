import { expect, test } from 'vitest';
import { instructionLines, instructionSummary } from '../../src/dockerfile/rebuild.ts';

const run = (text: string): string[] => instructionLines({ keyword: 'RUN', text });

test('a command has one && a line, outside quotes', () => {
  expect(run(`a && b "x && y" && c '&&' \\&& d`)).toEqual(['RUN a \\', '    && b "x && y" \\', `    && c '&&' \\&& d`]);
});

test('a command of several lines is a heredoc', () => {
  expect(run('line 1\nline 2\n')).toEqual(['RUN <<EOF', 'line 1', 'line 2', 'EOF']);
  expect(run('cat <<EOF > /x\nbody\nEOF')).toEqual(['RUN cat <<EOF > /x', 'body', 'EOF']);
});

test('what is no instruction is a comment, on every line', () => {
  expect(instructionLines({ keyword: null, text: 'bazel build\nx' })).toEqual(['# bazel build', '# x']);
});

test('nothing gets out that a terminal acts on', () => {
  const text = 'a\u001b[2J\u202eb';
  expect(run(text)).toEqual(['RUN a\\e[2J\\u202eb']);
  expect(instructionLines({ keyword: null, text })).toEqual(['# a\\e[2J\\u202eb']);
  expect(instructionSummary({ keyword: 'ENV', text })).toBe('ENV a\\e[2J\\u202eb');
});

test('a summary is one line', () => {
  expect(instructionSummary({ keyword: 'RUN', text: 'a   \\\n  && b\t c\n' })).toBe('RUN a \\ && b c');
  expect(instructionSummary({ keyword: null, text: '' })).toBe('');
});
