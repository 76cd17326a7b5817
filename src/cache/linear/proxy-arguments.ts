/** Arguments that may be given without being declared. */
export const proxyArguments: readonly string[] = [
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'FTP_PROXY',
  'NO_PROXY',
  'ALL_PROXY',
].flatMap((name) => [name, name.toLowerCase()]);
