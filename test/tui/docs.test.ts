import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseConfig } from '../../src/config/parse-config.ts';
import { actions } from '../../src/tui/keys/actions.ts';
import { actionNames } from '../../src/tui/keys/bindings.ts';
import { keyLabel } from '../../src/tui/keys/key-label.ts';
import { themeNames } from '../../src/tui/theme.ts';

const page = readFileSync(new URL('../../docs/tui.md', import.meta.url), 'utf8');

/** The cells of the tables' rows. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );

test('the page of the terminal UI has every key, as the help has it', () => {
  const documented = rows.filter(([, , action]) => action !== undefined && action.startsWith('`'));
  const inHelp = actionNames.map((name) => {
    const { keys, help } = actions[name];
    return [keys.map((key) => `\`${keyLabel(key)}\``).join(', '), help, `\`${name}\``];
  });
  expect(documented.toSorted(byAction)).toEqual(inHelp.toSorted(byAction));
});

test('the page of the terminal UI has a configuration that is right', async () => {
  const [, example = ''] = /```yaml\n([^`]*)```/.exec(page) ?? [];
  const {
    config: { tui },
  } = await parseConfig(example, 'layerscope.yaml');
  expect(tui).toEqual({ theme: 'auto', mouse: true, keys: { quit: ['Q'], help: ['f1', '?'], 'sort-count': [] } });
});

test('the page of the terminal UI has every theme', () => {
  expect(page).toContain(`theme: auto # ${themeNames.slice(0, -1).join(', ')} or ${themeNames.at(-1)}`);
});

function byAction(one: readonly string[], other: readonly string[]): number {
  return String(one[2]).localeCompare(String(other[2]));
}
