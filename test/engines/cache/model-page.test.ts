import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dockerfileBuilders } from '../../../src/dockerfile/step-record.ts';
import { missedSteps } from './missed-steps.ts';
import { truthTable } from './truth-table.ts';

/** `| what changed | BuildKit | classic | buildah | kaniko | case |`, as docs/cache.md has it. */
const rows = readFileSync(new URL('../../../docs/cache.md', import.meta.url), 'utf8')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => cells.length === 8 && /^`[a-z-]+`$/.test(cells[6] ?? ''));

describe('the table of docs/cache.md', () => {
  it('has rows', () => {
    expect(rows.length).toBeGreaterThan(60);
  });

  it.each(rows.map((cells) => [cells[6]?.replaceAll('`', '') ?? '', cells] as const))('%s', (name, cells) => {
    const found = truthTable.find((each) => each.name === name);
    if (found === undefined) throw new Error(`No case of the truth table is called ${name}`);
    expect(cells.slice(2, 6)).toEqual(dockerfileBuilders.map((builder) => missedSteps(found, builder)));
  });
});
