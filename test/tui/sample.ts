import type { Model } from '../../src/tui/model/model.ts';
import { dir, file, layer, symlink, whiteout } from '../write-layer.ts';
import { modelOf } from './journey.ts';

const dockerfile = [
  'FROM debian:12',
  '# tools',
  'COPY tools /opt/tools/',
  'RUN build \\',
  '    --all',
  'RUN rm -rf /var/cache/*',
  'RUN chmod 755 /opt/tools/run',
  '',
].join('\n');

/** Two layers of a base image, and four that a Dockerfile made: 5000 bytes die by line 6, 300 by line 7. */
export function sampleModel(): Model {
  const own = (command: string): string => `RUN /bin/sh -c ${command} # buildkit`;
  return modelOf(
    dockerfile,
    {
      tar: layer({ bin: dir(), 'bin/sh': file(9000), 'etc/os': file(40), lib: symlink('usr/lib') }),
      createdBy: '/bin/sh -c #(nop) ADD file:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0 in / ',
    },
    { tar: layer({ 'etc/os': file(50), 'usr/lib/libc.so': file(2000) }), createdBy: '/bin/sh -c apt-get update' },
    {
      tar: layer({ opt: dir(), 'opt/tools/run': file(300), 'opt/tools/README': file('read\nme\n') }),
      createdBy: 'COPY tools /opt/tools/ # buildkit',
    },
    {
      tar: layer({ 'var/cache/big': file(4000), 'var/cache/small': file(1000), 'usr/bin/app': file(700) }),
      createdBy: own('build     --all'),
    },
    {
      tar: layer({ 'var/cache/.wh.big': whiteout, 'var/cache/.wh.small': whiteout }),
      createdBy: own('rm -rf /var/cache/*'),
    },
    { tar: layer({ 'opt/tools/run': file(300, { mode: 0o755 }) }), createdBy: own('chmod 755 /opt/tools/run') },
  );
}
