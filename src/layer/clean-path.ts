import type { ByteString } from '../text/byte-string.ts';

/**
 * A tar name as a path relative to the root: no leading or trailing slash, no empty, `.` or `..` part. `..` goes up but
 * never out of the root. The root itself is the empty string.
 */
export function cleanPath(path: ByteString): ByteString {
  if (isSurelyClean(path)) return path;
  const parts: ByteString[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

/** Whether a name is absolute or climbs: nothing an honest builder writes. */
export function isUnsafePath(path: ByteString): boolean {
  return !isSurelyClean(path) && (path.startsWith('/') || /(?:^|\/)\.\.(?:\/|$)/.test(path));
}

/** Nearly every name of a real layer is clean, so three searches decide before anything is split. */
function isSurelyClean(path: ByteString): boolean {
  return !(
    path.includes('./') ||
    path.includes('//') ||
    path.endsWith('.') ||
    path.endsWith('/') ||
    path.startsWith('/')
  );
}
