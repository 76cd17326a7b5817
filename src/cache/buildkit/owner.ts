/** An owner as `--chown` and WORKDIR's USER are hashed: numbers by value, `root` is 0, other names as they are. */
export function ownerOf(written: string): string {
  const [user = '', ...group] = written.split(':');
  return [user, ...(group.length === 0 ? [] : [group.join(':')])].map(idOf).join(':');
}

function idOf(name: string): string {
  if (name === 'root') return '0';
  return /^\d{1,10}$/.test(name) ? String(Number(name)) : name;
}

/** Permissions as `--chmod` are hashed: octal by value, symbolic as written. */
export function permissionsOf(written: string): string {
  return /^[0-7]{1,8}$/.test(written) ? Number.parseInt(written, 8).toString(8) : written;
}
