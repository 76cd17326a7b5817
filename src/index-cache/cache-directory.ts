import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

/**
 * Where caches of this program belong: below `XDG_CACHE_HOME` (XDG Base Directory Specification: a relative one is to be
 * ignored) or `~/.cache`; in the places that macOS and Windows have for that.
 * @param platform as in `process.platform`
 */
export function cacheDirectory(env: Readonly<Record<string, string | undefined>>, platform: string): string {
  const home = homedir();
  if (platform === 'win32') {
    const local = env['LOCALAPPDATA'] || win32.join(env['USERPROFILE'] || home, 'AppData', 'Local');
    return win32.join(local, 'layerscope', 'Cache');
  }
  const xdg = env['XDG_CACHE_HOME'];
  if (xdg !== undefined && posix.isAbsolute(xdg)) return posix.join(xdg, 'layerscope');
  const user = env['HOME'] || home;
  return platform === 'darwin'
    ? posix.join(user, 'Library', 'Caches', 'layerscope')
    : posix.join(user, '.cache', 'layerscope');
}
