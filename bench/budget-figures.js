import { execFileSync } from 'node:child_process';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { imageFile } from './images.js';
import { median } from './measure.js';

const script = fileURLToPath(new URL('budgets.js', import.meta.url));

/**
 * What 500 budgets with paths cost over the analysis of an image of 200,000 files, in fresh processes.
 * @type {import('./figures.js').Part}
 */
export async function budgetFigures(runs) {
  const image = await imageFile('budgets');
  /** @type {{ taken: number, cpu: number, files: number, results: number, failed: number }[]} */
  const found = [];
  for (let at = 0; at < runs; at++)
    found.push(
      JSON.parse(execFileSync(execPath, [script, image], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })),
    );
  const [first] = found;
  return {
    name: '500 budgets with paths, over the analysis',
    ratio: null,
    milliseconds: { value: median(found.map(({ taken }) => taken)), limit: 500 },
    memory: null,
    detail: `${Math.round(median(found.map(({ cpu }) => cpu)))} ms of a processor; ${first?.files} files, ${first?.failed} of ${first?.results} budgets broken`,
  };
}
