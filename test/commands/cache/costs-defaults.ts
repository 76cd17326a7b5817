/** What the command line says of costs where it says nothing. */
export const costsDefaults = {
  image: undefined,
  platform: undefined,
  timings: undefined,
  quiet: true,
  username: undefined,
  'password-stdin': false,
  'tls-ca': undefined,
  insecure: false,
  'index-cache': false,
};
