/** A path as a URI (RFC 3986): percent-encoded, relative if it is, `file:///…` if it is absolute. */
export function fileUri(path: string): string {
  // Lone surrogates have no UTF-8.
  const wellFormed = Buffer.from(path, 'utf8').toString('utf8');
  const encoded = wellFormed.split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/') ? `file://${encoded}` : encoded;
}
