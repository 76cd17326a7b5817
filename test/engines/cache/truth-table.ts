import type { CacheCase } from './cache-case.ts';
import { add } from './cases/add.ts';
import { base } from './cases/base.ts';
import { copyFlags } from './cases/copy-flags.ts';
import { files } from './cases/files.ts';
import { ignored } from './cases/ignored.ts';
import { links } from './cases/links.ts';
import { metadata } from './cases/metadata.ts';
import { mounts } from './cases/mounts.ts';
import { run } from './cases/run.ts';
import { sources } from './cases/sources.ts';
import { stages } from './cases/stages.ts';
import { variables } from './cases/variables.ts';

/** All cases, each under a name of its own. */
export const truthTable: readonly CacheCase[] = [
  ...files,
  ...links,
  ...ignored,
  ...sources,
  ...copyFlags,
  ...stages,
  ...base,
  ...variables,
  ...run,
  ...mounts,
  ...metadata,
  ...add,
];
