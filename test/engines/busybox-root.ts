import { chmod, copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './command.ts';
import { PROGRAMS } from './requirements.ts';

/** Debian's static busybox, a link for every applet, and the few directories a shell script expects. */
export async function writeBusyboxRoot(root: string): Promise<void> {
  for (const directory of ['bin', 'etc', 'root', 'tmp', 'usr/bin', 'usr/lib', 'var/cache']) {
    await mkdir(join(root, directory), { recursive: true });
  }
  await chmod(join(root, 'tmp'), 0o1777);
  await copyFile(PROGRAMS.busybox, join(root, 'bin/busybox'));
  await chmod(join(root, 'bin/busybox'), 0o755);
  const applets = (await run(PROGRAMS.busybox, ['--list'])).toString().trim().split('\n');
  for (const applet of applets.filter((name) => name !== 'busybox')) {
    await symlink('busybox', join(root, 'bin', applet));
  }
  await writeFile(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\napp:x:1000:1000::/:/bin/sh\n');
  await writeFile(join(root, 'etc/group'), 'root:x:0:\napp:x:1000:\n');
}
