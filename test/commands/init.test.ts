import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { defaultConfig } from '../../src/config/config.ts';
import { loadOwnConfig } from '../../src/config/load-config.ts';
import type { Report } from '../../src/report/report.ts';
import { schema } from '../report/schema.ts';
import { runCli } from '../run-cli.ts';
import { archiveOf, dockerFiles } from '../sources/written-image.ts';
import { file, layer } from '../write-layer.ts';
import { scratchFolder } from './scratch-folder.ts';

const folder = scratchFolder();
const valid = schema('config.v1.json');

/** What init prints; it loads, the schema takes it, and the image keeps every budget. */
async function written(...args: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await runCli('init', ...args, '--output', '-');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  valid(parse(stdout));
  const path = join(folder, 'printed.yaml');
  writeFileSync(path, stdout);
  await loadOwnConfig(folder, path);
  if (args.length > 0) {
    const gate = await runCli('ci', ...args, '--config', path, '--json');
    const { budgets } = JSON.parse(gate.stdout) as Report;
    expect(new Set(budgets?.results.map(({ status }) => status))).toEqual(new Set(['passed']));
    expect(gate.status).toBe(budgets?.failingFindings.length === 0 ? 0 : 1);
  }
  return stdout;
}

describe('layerscope init', () => {
  test('fits budgets to the image, its own layers apart where they are known', async () => {
    const text = await written('fixtures/demo.tar', '-d', 'fixtures/demo/Dockerfile');
    expect(parse(text)).toEqual({
      budgets: [
        { metric: 'size', max: '6.4MB' },
        { metric: 'size', scope: 'own', max: '4.2MB' },
        { metric: 'compressed', max: '1.7MB' },
        { metric: 'wastedPercent', max: '43%' },
        { metric: 'layers', max: 15 },
        { metric: 'files', path: '**/.git/**', max: 0, reason: expect.any(String) as string },
      ],
    });
    expect(text).toContain('#   layerscope ci fixtures/demo.tar --dockerfile fixtures/demo/Dockerfile\n');
  });

  test('leaves as comments what cannot be told of the image', async () => {
    const archive = join(folder, "it's.tar");
    const npmrc = file('//registry.npmjs.org/:_authToken=0123456789abcdef\n');
    const tar = layer({ 'app/.git/config': file('x'), 'app/.npmrc': npmrc, 'app/x': file(2_000_000) });
    writeFileSync(archive, archiveOf(dockerFiles({ layers: [{ tar }] })));
    const text = await written(archive);
    expect(parse(text)).toEqual({
      budgets: [
        { metric: 'size', max: '2.3MB' },
        { metric: 'wastedPercent', max: '1%' },
        { metric: 'layers', max: 5 },
      ],
    });
    expect(text).toContain('  # There is one such file today');
    expect(text).toContain('# rules:\n#   secret-file: warning # 1 error today\n');
    expect(text).toContain(`#   layerscope ci '${folder}/it'\\''s.tar'\n`);
    expect(text).toContain('  #   scope: own\n');
  });

  test('lets no error pass that is there already, and says so', async () => {
    const archive = join(folder, 'secret.tar');
    const npmrc = file('//registry.npmjs.org/:_authToken=0123456789abcdef\n');
    writeFileSync(archive, archiveOf(dockerFiles({ layers: [{ tar: layer({ 'app/.npmrc': npmrc }) }] })));
    const path = join(folder, 'secret.yaml');
    const { stdout } = await runCli('init', archive, '-o', path);
    expect(stdout).toBe(
      `${path}: written. The gate fails until this is mended: 1 error of secret-file. See what it says, then: layerscope ci ${archive}\n`,
    );
    expect((await runCli('ci', archive, '--config', path)).status).toBe(1);
  });

  test('without an image is comments alone, and says what to do', async () => {
    const text = await written();
    expect(parse(text)).toEqual({ budgets: null });
    expect(text).toContain('let `layerscope init IMAGE` write them');
    const path = join(folder, 'template.yaml');
    writeFileSync(path, text);
    expect((await loadOwnConfig(folder, path)).config).toEqual(defaultConfig);
    // Whoever takes all marks away has a file that loads, too.
    writeFileSync(path, text.replaceAll(/^( *)# (?=[-\s]|\w+:(?: |$))/gm, '$1').replaceAll(/^( +)# (?=\w+: )/gm, '$1'));
    expect((await loadOwnConfig(folder, path)).config.budgets).toHaveLength(6);
  });

  test('writes a new file, and never over one', async () => {
    const path = join(folder, 'new.yaml');
    const first = await runCli('init', 'fixtures/demo.tar', '-o', path);
    expect(first).toEqual({
      status: 0,
      stdout: `${path}: written. See what it says, then: layerscope ci fixtures/demo.tar\n`,
      stderr: '',
    });
    const text = readFileSync(path, 'utf8');
    const again = await runCli('init', '-o', path);
    const refused = `layerscope: ${path}: exists already and is not overwritten. Choose another name.\n`;
    expect(again).toEqual({ status: 2, stdout: '', stderr: refused });
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  test('leaves nothing behind where there is no image', async () => {
    const path = join(folder, 'none.yaml');
    expect(await runCli('init', join(folder, 'none.tar'), '-o', path)).toMatchObject({ status: 2, stdout: '' });
    expect(existsSync(path)).toBe(false);
  });
});
