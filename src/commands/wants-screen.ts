import type { Host } from './host.ts';
import type { ReportArguments, TuiArguments } from './options.ts';

/**
 * Whether the terminal UI is what the user wants, by the options and the streams: whoever asks for a report or sends the
 * output elsewhere wants that.
 */
export function wantsScreen(
  { stdout, stderr }: Host,
  { tui, json, report }: Pick<TuiArguments & ReportArguments, 'tui' | 'json' | 'report'>,
): boolean {
  if (tui !== undefined) return tui;
  if (json || report.length > 0) return false;
  // Somebody is there, though the output is not: they are told why it is a report.
  return stdout.isTTY === true || stderr.isTTY === true;
}

/** Why there can be no terminal UI, in words; null if there can be one. */
export function screenObstacle({ stdout, env }: Host): string | null {
  if (stdout.isTTY !== true) return 'standard output is no terminal';
  if (env['INK_SCREEN_READER'] === 'true') return 'INK_SCREEN_READER is set';
  const ci = ['CI', 'CONTINUOUS_INTEGRATION'].find((name) => isOn(env[name]));
  if (ci !== undefined) return `${ci} is set`;
  return env['TERM'] === 'dumb' ? 'TERM is dumb' : null;
}

/** As is-in-ci reads it, which Ink asks whether to draw at all: an empty value is one. */
function isOn(value: string | undefined): boolean {
  return value !== undefined && value !== '0' && value !== 'false';
}
