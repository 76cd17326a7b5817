import type { Random } from '../../../random.ts';
import type { BaseName } from '../bases.ts';
import type { ContextEntry, TruthBuilder } from '../cache-case.ts';
import { anyLine } from './generate.ts';
import { choicesOf, type Line, type Program, type ProgramStage } from './program.ts';

/** Under an image that is new by its labels alone, BuildKit finds some of what it has and not all. */
const movingTo: Readonly<Record<TruthBuilder, readonly BaseName[]>> = {
  buildkit: ['plain', 'next'],
  classic: ['plain', 'next', 'labelled'],
  buildah: ['plain', 'next', 'labelled'],
};

/** A program after one change, or two at once. */
export function mutate(builder: TruthBuilder, program: Program, random: Random): Program {
  const once = change(builder, program, random);
  return random.below(4) === 0 ? change(builder, once, random) : once;
}

function change(builder: TruthBuilder, program: Program, random: Random): Program {
  switch (random.below(12)) {
    case 0:
    case 1:
    case 2:
      return inOneStage(program, random, (stage) => repicked(stage, random));
    case 3:
      return inOneStage(program, random, ({ lines, ...rest }) => ({
        ...rest,
        lines: lines.toSpliced(random.below(lines.length + 1), 0, anyLine(builder, random)),
      }));
    case 4:
      return inOneStage(program, random, ({ lines, ...rest }) => ({
        ...rest,
        lines: lines.toSpliced(random.below(lines.length + 1), 1),
      }));
    case 5:
      return inOneStage(program, random, ({ lines, ...rest }) => ({ ...rest, lines: swapped(lines, random) }));
    case 6:
    case 7:
    case 8:
      return { ...program, files: changedFiles(program.files, random) };
    case 9:
      return {
        ...program,
        args: { ...program.args, [random.pick(['A0', 'A1', 'E0', 'HTTP_PROXY'])]: random.pick(['a', 'b', 'c']) },
      };
    case 10:
      return { ...program, moving: random.pick(movingTo[builder]) };
    default:
      return { ...program, target: random.pick([null, `s${random.below(program.stages.length)}`]) };
  }
}

function inOneStage(program: Program, random: Random, alter: (stage: ProgramStage) => ProgramStage): Program {
  const at = random.below(program.stages.length);
  return { ...program, stages: program.stages.map((stage, index) => (index === at ? alter(stage) : stage)) };
}

/** Another alternative in one line, the ending being one of them. */
function repicked({ from, lines, ending }: ProgramStage, random: Random): ProgramStage {
  const at = random.below(lines.length + 1);
  const again = ({ template, picks }: Line): Line => {
    const choices = choicesOf(template);
    const which = random.below(Math.max(choices.length, 1));
    return {
      template,
      picks: picks.map((pick, index) => (index === which ? random.below(choices[index] ?? 1) : pick)),
    };
  };
  if (at === lines.length) return { from, lines, ending: { ...ending, line: again(ending.line) } };
  return { from, ending, lines: lines.map((line, index) => (index === at ? again(line) : line)) };
}

function swapped(lines: readonly Line[], random: Random): readonly Line[] {
  const at = random.below(Math.max(lines.length - 1, 1));
  const [one, other] = lines.slice(at, at + 2);
  return one === undefined || other === undefined ? lines : lines.toSpliced(at, 2, other, one);
}

const regular = ['f0', 'f1', 'd/x', 'd/y', 'd/sub/z', 'd/note.log'];

function changedFiles(
  files: Readonly<Record<string, ContextEntry>>,
  random: Random,
): Readonly<Record<string, ContextEntry>> {
  const path = random.pick(regular);
  const entry = files[path];
  if (entry === undefined || typeof entry === 'string' || !('file' in entry)) return files;
  switch (random.below(6)) {
    case 0:
      return { ...files, [path]: { ...entry, file: `${path}${random.below(3)}` } };
    case 1:
      return { ...files, [path]: { ...entry, mode: random.pick([0o644, 0o600, 0o755]) } };
    case 2:
      return { ...files, [path]: { ...entry, time: 1_000_000_000 + random.below(3) } };
    case 3: {
      const { 'd/more': more, ...others } = files;
      return more === undefined ? { ...files, 'd/more': { file: 'more', mode: 0o644 } } : others;
    }
    case 4:
      return { ...files, l: { symlink: random.pick(['f0', 'f1', './f0']) } };
    default: {
      const rules = random.pick(['**/none\n', '**/*.log\n', 'd/*\n!d/x\n!d/sub\n']);
      return { ...files, '.dockerignore': { file: rules, mode: 0o644 } };
    }
  }
}
