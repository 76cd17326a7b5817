import { costOf, countStatuses, type ExplainedBuild, rerunCost, stageName } from './explained-build.ts';

/** `cache explain --json` (docs/schema/cache-explain.v1.json). */
export function explainJson({ builder, dockerfile, target, explanation, costs, notes }: ExplainedBuild): string {
  const steps = explanation.map((explained) => {
    const { step, status, because } = explained;
    const { startLine, endLine } = step.instruction;
    return {
      line: startLine,
      endLine,
      stage: stageName(explained),
      keyword: step.command.keyword,
      text: step.instruction.text,
      status,
      because: because.map(({ kind, detail, step: from }) => ({ kind, detail, step: from })),
      ...costOf(explained, costs),
    };
  });
  const summary = { ...countStatuses(explanation), ...rerunCost(explanation, costs) };
  return `${JSON.stringify({ schemaVersion: 1, builder, dockerfile, target, steps, summary, notes }, null, 2)}\n`;
}
