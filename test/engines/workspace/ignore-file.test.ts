import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findIgnoreFile } from '../../../src/workspace/find-ignore-file.ts';
import { missingCurrentEngines } from '../current/current-root.ts';
import { startCurrentEngines } from '../current/start-current-engines.ts';
import { BASE, type Engines } from '../engines.ts';
import { enginesRequired } from '../requirements.ts';

const BUILDS_TIMEOUT_MS = 600_000;

/** Where some builder looks, or might: each file ignores the one that is called by its number. */
const names = [
  'file/Own.dockerignore',
  'file/Own.containerignore',
  'context/.containerignore',
  'context/.dockerignore',
  'context/Own.dockerignore',
];

/** Which of them are there: each of the first four with all that might come after it, and each alone. */
const present = [[0, 1, 2, 3, 4], [1, 2, 3, 4], [2, 3, 4], [3, 4], [4]];

const missing = missingCurrentEngines();

it.runIf(enginesRequired())('every engine is installed: ignore files', () => {
  expect(missing).toEqual([]);
});

const skipped = missing.length === 0 ? '' : ` (skipped: this machine lacks ${missing.join(', ')})`;

describe.skipIf(missing.length > 0)(`the ignore file that a builder finds${skipped}`, () => {
  let engines: Engines;

  beforeAll(async () => {
    engines = await startCurrentEngines();
  }, BUILDS_TIMEOUT_MS);
  afterAll(async () => {
    await engines.stop();
  });

  it.each(['buildkit', 'classic', 'buildah'] as const)(
    '%s',
    async (builder) => {
      const { docker, buildah, scratch } = engines;
      for (const some of present) {
        const folder = join(scratch, `${builder}-${some.join('')}`);
        const write = async (path: string, text: string): Promise<void> => {
          await mkdir(dirname(join(folder, path)), { recursive: true });
          await writeFile(join(folder, path), text);
        };
        // Else the second build would print nothing, for its steps are cached.
        await write(
          'file/Own',
          `FROM ${BASE}\nRUN echo ${some.join('')}\nCOPY . /sent/\nRUN echo sent: /sent/*.n :end\n`,
        );
        for (const at of names.keys()) await write(`context/${at}.n`, '');
        for (const at of some) await write(names[at] ?? '', `${at}.n\n`);
        const [context, file] = [join(folder, 'context'), join(folder, 'file/Own')];
        const build = { context, tag: 'localhost/sent', args: ['--file', file] };
        const said = builder === 'buildah' ? await buildah.build(build) : await docker.build({ ...build, builder });
        const sent = /sent: ((?:\/sent\/\d\.n )+):end/.exec(said)?.[1] ?? '';
        const left = names.filter((_, at) => !sent.includes(`/${at}.n`)).map((name) => join(folder, name));
        const found = await findIgnoreFile(builder, context, file);
        expect(left).toEqual(found === null ? [] : [found.path]);
      }
    },
    BUILDS_TIMEOUT_MS,
  );
});
