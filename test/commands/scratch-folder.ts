import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder for the tests of one file, gone after them. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'layerscope-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The temporary copies of standard input that are in a folder now. */
export function leftCopies(folder: string): string[] {
  return readdirSync(folder).filter((name) => /^layerscope-[A-Za-z0-9]{6}$/.test(name));
}
