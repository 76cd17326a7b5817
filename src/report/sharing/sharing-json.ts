import type { Sharing } from '../../comparison/sharing.ts';

/** `layerscope diff A B C --json` (docs/schema/sharing.v1.json). */
export function sharingJson(sharing: Sharing): string {
  return `${JSON.stringify({ schemaVersion: 1, ...sharing }, null, 2)}\n`;
}
