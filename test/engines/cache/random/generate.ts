import type { Random } from '../../../random.ts';
import type { ContextEntry, TruthBuilder } from '../cache-case.ts';
import { choicesOf, type Ending, type Line, type Program, type ProgramStage } from './program.ts';
import { endings, takingTemplates, templatesFor } from './templates.ts';

/** `l` leads to a file, and nothing that is there is ever taken away but `d/more`. */
const files: Readonly<Record<string, ContextEntry>> = {
  f0: { file: 'f0', mode: 0o644 },
  f1: { file: 'f1', mode: 0o644 },
  l: { symlink: 'f0' },
  'd/x': { file: 'x', mode: 0o644 },
  'd/y': { file: 'y', mode: 0o755 },
  'd/sub/z': { file: 'z', mode: 0o644 },
  'd/note.log': { file: 'note', mode: 0o644 },
  '.dockerignore': { file: '**/none\n', mode: 0o644 },
};

/** A program of one to three stages, each able to take from the ones before it. */
export function generateProgram(builder: TruthBuilder, random: Random): Program {
  const count = 1 + random.below(3);
  const stages: ProgramStage[] = [];
  for (let index = 0; index < count; index++) stages.push(stage(builder, random, index));
  return { stages, files, args: { A0: 'a', A1: 'a' }, target: null, moving: 'plain' };
}

function stage(builder: TruthBuilder, random: Random, index: number): ProgramStage {
  const froms = ['localhost/plain', 'localhost/moving', ...(index > 0 ? [`s${random.below(index)}`] : [])];
  const from = random.pick(froms);
  const lines = Array.from({ length: 1 + random.below(4) }, () => anyLine(builder, random));
  if (index > 0) {
    const other = random.below(index);
    // What is mounted and is the root, too, is looked up by all that is in it, and of that only `/out` is known here.
    const templates = takingTemplates(builder, other).filter(
      (template) => from !== `s${other}` || !template.startsWith('RUN'),
    );
    lines.splice(random.below(lines.length + 1), 0, line(random, random.pick(templates)));
  }
  return { from, lines, ending: ending(random) };
}

export function anyLine(builder: TruthBuilder, random: Random): Line {
  return line(random, random.pick(templatesFor(builder)));
}

function line(random: Random, template: string): Line {
  return { template, picks: choicesOf(template).map((choices) => random.below(choices)) };
}

function ending(random: Random): Ending {
  const { kind, template } = random.pick(endings);
  return { kind, line: line(random, template) };
}
