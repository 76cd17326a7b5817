import type { LoadedConfig } from '../load-config.ts';
import type { Place } from '../wrong-setting.ts';
import type { Setting } from './settings-of.ts';

/** Where the value of a setting is from. */
export type Origin =
  | { readonly from: 'file'; readonly file: string; readonly line: number }
  /** Such as `--no-mouse`. */
  | { readonly from: 'option'; readonly option: string }
  | { readonly from: 'default' };

export interface TracedSetting extends Setting {
  readonly origin: Origin;
}

/** Options that were given, with the one setting or the part of the configuration that each decides. */
export type GivenOptions = readonly { readonly place: Place; readonly option: string }[];

/** Tells of each setting where its value is from; an option counts more than a file. */
export async function traceSettings(
  settings: readonly Setting[],
  { path, lineOf }: Pick<LoadedConfig, 'path' | 'lineOf'>,
  given: GivenOptions,
): Promise<readonly TracedSetting[]> {
  return await Promise.all(
    settings.map(async (setting): Promise<TracedSetting> => {
      const decided = given.find(({ place }) => place.every((part, at) => setting.place[at] === part));
      if (decided !== undefined) return { ...setting, origin: { from: 'option', option: decided.option } };
      const line = path === null ? null : await lineOf(setting.place);
      const origin: Origin = path === null || line === null ? { from: 'default' } : { from: 'file', file: path, line };
      return { ...setting, origin };
    }),
  );
}
