import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** States of an application, each built from its own folder. */
export const states = ['before', 'after', 'grown'] as const;
export type State = (typeof states)[number];

const sizes: Readonly<Record<State, { data: number; filler: number; manual: number }>> = {
  // Own bytes are 94,000 and 114,000, of which 4,700 and 5,700 are wasted: 5 % both times.
  before: { data: 4000, filler: 35_300, manual: 50_000 },
  after: { data: 5000, filler: 52_066, manual: 50_000 },
  grown: { data: 4000, filler: 35_300, manual: 30_050_000 },
};

/** The line that adds 30 MB. */
export const grownLine = 3;

/** The file is copied once more for its mode, and `old` is deleted in a layer too late. */
function dockerfile(state: State): string {
  const lines = [
    'FROM localhost/base:latest AS final',
    'COPY app /srv/app',
    `RUN mkdir -p /usr/share/doc/app && head -c ${sizes[state].manual} /dev/zero > /usr/share/doc/app/manual`,
    'RUN head -c 700 /dev/zero > /srv/old && chmod 600 /srv/app/data',
    'RUN rm /srv/old',
    ...(state === 'after' ? ['RUN head -c 1234 /dev/zero > /srv/extra'] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** Writes the context of a state, `project-STATE`. */
export async function writeProject(scratch: string, state: State): Promise<void> {
  const folder = join(scratch, `project-${state}`);
  await mkdir(join(folder, 'app'), { recursive: true });
  await writeFile(join(folder, 'Dockerfile'), dockerfile(state));
  await writeFile(join(folder, 'app', 'data'), 'd'.repeat(sizes[state].data));
  await writeFile(join(folder, 'app', 'filler'), 'f'.repeat(sizes[state].filler));
}
