/** `--chown` as buildah resolves it: a user's number is the group's, too, where none is named. Other names stay names. */
export function ownerOf(chown: string): string {
  const colon = chown.indexOf(':');
  const user = number(colon === -1 ? chown : chown.slice(0, colon));
  return `${user}:${colon === -1 ? user : number(chown.slice(colon + 1))}`;
}

/** In every image that has names at all. */
function number(name: string): string {
  return name === 'root' ? '0' : name;
}
