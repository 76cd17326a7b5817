import { expect, test } from 'vitest';
import { runFake } from './fake-host.ts';

test('cache-dir prints where indexes are kept, and makes nothing', async () => {
  const env = { XDG_CACHE_HOME: '/nowhere/caches' };
  expect(await runFake(['cache-dir'], { env })).toMatchObject({
    status: 0,
    stdout: '/nowhere/caches/layerscope\n',
    stderr: '',
  });
});

test('cache-dir takes no image', async () => {
  const { status, stderr } = await runFake(['cache-dir', 'app.tar']);
  expect(status).toBe(2);
  expect(stderr).toBe('layerscope: Unknown argument: app.tar. See layerscope --help.\n');
});
