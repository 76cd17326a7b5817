import type { CompareRow } from './comparison.ts';

/** Changed lines up to which a difference is looked for: the work grows with their square. */
const mostEdits = 2000;
/** Milliseconds after which it is given up, whatever was found. */
const patience = 500;
/** Unchanged lines around each change. */
const context = 3;

/**
 * The lines in which two texts differ, as a unified diff.
 * @returns null if they differ too much for that
 */
export async function compareTexts(below: string, here: string): Promise<CompareRow[] | null> {
  const { structuredPatch } = await import('diff');
  const limits = { maxEditLength: mostEdits, timeout: patience };
  const patch = structuredPatch('', '', below, here, '', '', { context, ...limits });
  if (patch === undefined) return null;
  return patch.hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    { kind: 'hunk' as const, text: `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@` },
    ...lines.map(toRow),
  ]);
}

/** Of no lines at all, the start is the line before. */
function range(start: number, lines: number): string {
  return `${lines === 0 ? start - 1 : start},${lines}`;
}

/** A line of a hunk says by its first character what it is. */
function toRow(line: string): CompareRow {
  const text = line.slice(1);
  switch (line[0]) {
    case '-':
      return { kind: 'removed', text };
    case '+':
      return { kind: 'added', text };
    case '\\':
      return { kind: 'hunk', text: line };
    default:
      return { kind: 'same', text };
  }
}
