import type { Dockerfile, Stage } from '../../dockerfile/dockerfile.ts';
import { stageBase } from '../../dockerfile/stages.ts';

/** The stage that a name or a number means, of those before another one; null where it means an image. */
export function earlierStage(dockerfile: Dockerfile, before: Stage, name: string): Stage | null {
  const base = stageBase(dockerfile, before, name);
  if (base.kind === 'stage') return dockerfile.stages[base.index] ?? null;
  const number = /^\d{1,6}$/.test(name) ? Number(name) : null;
  return number !== null && number < before.index ? (dockerfile.stages[number] ?? null) : null;
}
