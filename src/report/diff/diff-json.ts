import type { Comparison } from '../../comparison/comparison.ts';

/** `layerscope diff OLD NEW --json` (docs/schema/diff.v1.json). */
export function diffJson(comparison: Comparison): string {
  return `${JSON.stringify({ schemaVersion: 1, ...comparison }, null, 2)}\n`;
}
