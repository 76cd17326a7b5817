import { parsePathGlob } from '../globs/parse-path-glob.ts';
import type { PathGlob } from '../globs/path-glob.ts';
import { list, textOf } from './check-value.ts';
import { type Place, WrongSetting } from './wrong-setting.ts';

/** A pattern for paths. @throws WrongSetting */
export function checkGlob(place: Place, value: unknown): PathGlob {
  const glob = parsePathGlob(textOf(place, value, 'a path such as "/usr/share/doc/**"'));
  if ('reason' in glob) throw new WrongSetting(place, glob.reason);
  return glob;
}

/** Paths that are left out of waste. */
export function checkIgnore(place: Place, value: unknown): readonly PathGlob[] {
  return list(place, value).map((each, at) => {
    const glob = checkGlob([...place, at], each);
    // Nothing would ever be waste, and every budget of it would hold.
    if (/^[/*]+$/.test(glob.text)) throw new WrongSetting([...place, at], 'leaves out everything there is');
    return glob;
  });
}
