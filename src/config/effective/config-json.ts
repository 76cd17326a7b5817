import type { LoadedConfig } from '../load-config.ts';
import { placeText } from '../wrong-setting.ts';
import type { TracedSetting } from './trace-settings.ts';

/** The settings for scripts (docs/config.md). */
export function configJson(
  { path, notes }: Pick<LoadedConfig, 'path' | 'notes'>,
  settings: readonly TracedSetting[],
): string {
  const listed = settings.map(({ place, value, origin }) => ({ setting: placeText(place), value, origin }));
  return `${JSON.stringify({ schemaVersion: 1, file: path, notes, settings: listed }, null, 2)}\n`;
}
