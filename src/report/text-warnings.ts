import type { Report } from './report.ts';
import type { TextStyle } from './text-style.ts';

/** What was odd but readable; nothing if nothing was. */
export function warningSection({ warnings }: Pick<Report, 'warnings'>, { paint }: TextStyle): string[] {
  if (warnings.length === 0) return [];
  return [paint.strong('Warnings'), ...warnings.map(({ code, message }) => `  ${message} ${paint.faint(`[${code}]`)}`)];
}
