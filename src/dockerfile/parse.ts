import { OddityTally } from '../warnings.ts';
import { sanitize } from '../text/sanitize.ts';
import { type AstInstruction, readAst } from './ast.ts';
import { readDirectives } from './directives.ts';
import type { Dockerfile, IgnoreComment, Instruction } from './dockerfile.ts';
import { type Comment, type LogicalLine, physicalLines, splitLogicalLines } from './logical-lines.ts';
import { splitArguments } from './split-arguments.ts';
import { splitCommand } from './split-command.ts';
import { groupStages } from './stages.ts';

/**
 * Reads a Dockerfile. dockerfile-ast finds the instructions; where the builders' own rules for lines (`logical-lines.ts`)
 * say otherwise, they win, and an oddity says so. Whatever the text, there is a result: what no builder would take is in
 * `oddities`, and the rest is read.
 */
export function parseDockerfile(source: string): Dockerfile {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
  const directives = readDirectives(text);
  const tally = new OddityTally();
  const logical = splitLogicalLines(text, directives.escape);
  noteDisagreement(logical, readAst(text), tally);
  const lines = physicalLines(text);
  const instructions = logical.map((line) => toInstruction(line, lines, directives.escape));
  noteOddLines(logical, instructions, tally);
  const { globalArgs, stages } = groupStages(instructions, tally);
  return { lines, directives, globalArgs, stages, oddities: tally.list() };
}

function toInstruction(logical: LogicalLine, lines: readonly string[], escape: string): Instruction {
  const { startLine, endLine, line, heredocs, comments } = logical;
  const { keyword, flags, rest } = splitCommand(line);
  const text = lines.slice(startLine - 1, endLine).join('\n');
  return {
    startLine,
    endLine,
    keyword,
    text,
    line,
    flags,
    arguments: splitArguments(keyword, rest, escape),
    heredocs,
    trigger: keyword === 'ONBUILD' && rest !== '' ? toTrigger(logical, rest, text, escape) : null,
    ignores: comments.flatMap((comment) => ignoreOf(comment) ?? []),
  };
}

/** One level only: builders refuse ONBUILD in ONBUILD, and a deep one would be an attack on the stack. */
function toTrigger(
  { startLine, endLine, heredocs }: LogicalLine,
  line: string,
  text: string,
  escape: string,
): Instruction {
  const { keyword, flags, rest } = splitCommand(line);
  const parsed = splitArguments(keyword, rest, escape);
  return { startLine, endLine, keyword, text, line, flags, arguments: parsed, heredocs, trigger: null, ignores: [] };
}

function ignoreOf({ line, text }: Comment): IgnoreComment | null {
  const match = /^layerscope\s+ignore=([\w,-]+)(?:\s+(\S.*))?$/.exec(text);
  if (match === null) return null;
  const [, rules = '', reason = null] = match;
  return { rules: rules.split(',').filter((rule) => rule !== ''), reason, line };
}

const keywords = new Set(
  `ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME
  WORKDIR`.split(/\s+/),
);

function noteOddLines(logical: readonly LogicalLine[], instructions: readonly Instruction[], tally: OddityTally): void {
  for (const [at, { keyword, startLine, trigger }] of instructions.entries()) {
    const unknown = keywords.has(keyword) ? (trigger?.keyword ?? keyword) : keyword;
    if (!keywords.has(unknown)) {
      tally.note('dockerfile-unknown-instruction', () => `${sanitize(unknown.slice(0, 40))} in line ${startLine}`);
    }
    if (logical[at]?.unterminated === true) tally.note('dockerfile-open-heredoc', () => `line ${startLine}`);
  }
}

function noteDisagreement(
  logical: readonly LogicalLine[],
  ast: readonly AstInstruction[] | null,
  tally: OddityTally,
): void {
  if (ast === null) {
    tally.note('dockerfile-parser-gave-up', () => 'line 1');
    return;
  }
  const found = new Map(ast.map((instruction) => [instruction.startLine, instruction]));
  for (const { startLine, line } of logical) {
    if (found.get(startLine)?.keyword === splitCommand(line).keyword) continue;
    tally.note('dockerfile-parser-differs', () => `line ${startLine}`);
  }
}
