import { join } from 'node:path';
import { run } from './command.ts';
import { PROGRAMS } from './requirements.ts';

/** Unpacks `tag` of an OCI layout into `bundle` (which must not exist) and returns the root filesystem's folder. */
export async function umociUnpack(layout: string, tag: string, bundle: string): Promise<string> {
  await run(PROGRAMS.umoci, ['unpack', '--image', `${layout}:${tag}`, bundle], { env: { HOME: layout } });
  return join(bundle, 'rootfs');
}
