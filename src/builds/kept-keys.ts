import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { KeyedStep } from '../cache/keyed-step.ts';

/** What a builder's cache knows a step by. */
export type StepKeys = Pick<KeyedStep, 'key' | 'hopefulKey'>;

/** Steps of the last builds of one project; a few hundred builds where little changes. */
const mostKeys = 10_000;

/** Twice what `mostKeys` take, in bytes. */
const largestFile = 4 * 1024 * 1024;

/** Projects whose builds are remembered. */
const mostFiles = 200;

const digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const fileSchema = v.object({
  version: v.literal(1),
  /** Oldest first. */
  keys: v.pipe(v.array(v.tuple([digest, digest])), v.maxLength(mostKeys)),
});

/**
 * The keys of the steps that a builder has had from here, in a file of the cache directory: what its own cache holds as far
 * as one can know without asking it. Nothing that goes wrong with the file is a failure; then nothing is known.
 */
export class KeptKeys {
  readonly #folder: string;
  readonly #file: string;

  /** @param whose what tells one cache and project from others: builder, engine, context, Dockerfile */
  constructor(cacheDirectory: string, whose: readonly string[]) {
    this.#folder = join(cacheDirectory, 'builds');
    const name = createHash('sha256').update(JSON.stringify(whose)).digest('hex');
    this.#file = join(this.#folder, `${name}.json`);
  }

  /** Null where nothing was built yet. */
  read(): readonly StepKeys[] | null {
    try {
      const parsed = v.safeParse(fileSchema, JSON.parse(readBounded(this.#file)));
      return parsed.success ? parsed.output.keys.map(([key, hopefulKey]) => ({ key, hopefulKey })) : null;
    } catch {
      return null;
    }
  }

  /** After a build whose steps had these. */
  add(steps: readonly StepKeys[]): void {
    const known = new Map<string, string>();
    for (const { key, hopefulKey } of [...(this.read() ?? []), ...steps]) {
      // What was used last is forgotten last.
      known.delete(key);
      known.set(key, hopefulKey);
    }
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      forgetOldest(this.#folder);
      writeWhole(this.#file, JSON.stringify({ version: 1, keys: [...known].slice(-mostKeys) }));
    } catch {
      // The next build will have nothing to compare with.
    }
  }
}

/** @throws Error where there is no such file, or none that this program would write */
function readBounded(file: string): string {
  // No link is followed, and no named pipe waited for. Windows has neither flag.
  const fd = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile() || stats.size > largestFile) throw new Error('no file of ours');
    return readFileSync(fd, 'utf8');
  } finally {
    closeSync(fd);
  }
}

/** Readers see the whole file or none. */
function writeWhole(file: string, text: string): void {
  const partial = `${file}.${randomBytes(8).toString('hex')}`;
  writeFileSync(partial, text, { flag: 'wx', mode: 0o600 });
  renameSync(partial, file);
}

/** Makes room for one more. */
function forgetOldest(folder: string): void {
  const files = readdirSync(folder).map((name) => join(folder, name));
  if (files.length < mostFiles) return;
  const byAge = files
    .map((file) => ({ file, time: statSync(file).mtimeMs }))
    .sort((one, other) => one.time - other.time);
  for (const { file } of byAge.slice(0, files.length - mostFiles + 1)) unlinkSync(file);
}
