import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RequestedBuild } from '../../builds/arguments/requested-build.ts';
import { buildCommands, type BuilderProgram } from '../../builds/builder-program.ts';
import type { BuildLog } from '../../builds/log/build-log.ts';
import { parseBuildLog } from '../../builds/log/parse-build-log.ts';
import { runBuilder } from '../../builds/run-builder.ts';
import type { Host } from '../host.ts';

export interface FinishedBuild {
  readonly status: number;
  /** Null where it could not be read. */
  readonly log: BuildLog | null;
  /** Of the image that was built; null where there is none. */
  readonly id: string | null;
}

/**
 * Runs the build with the arguments as given, and one more, which asks for the ID of the image.
 * @param stdout where the builder's standard output goes
 */
export async function runBuild(
  host: Host,
  program: BuilderProgram,
  args: readonly string[],
  requested: RequestedBuild,
  stdout: Host['stdout'],
): Promise<FinishedBuild> {
  const [file, ...words] = buildCommands[program];
  const folder = mkdtempSync(join(tmpdir(), 'layerscope-build-'));
  try {
    const ours = join(folder, 'id');
    // Builders refuse it where what comes out is no image.
    const asks = requested.makesImage && requested.idFile === null;
    const { status, lines } = await runBuilder(file, [...words, ...(asks ? ['--iidfile', ours] : []), ...args], {
      env: host.env,
      stdout,
      stderr: host.stderr,
      log: requested.wantsScreen && host.stderr.isTTY === true ? 'shown' : 'captured',
      onTerminal: host.stdin.isTTY === true,
      signals: host,
    });
    const id = status === 0 && requested.makesImage ? readId(requested.idFile ?? ours) : null;
    return { status, log: parseBuildLog(lines), id };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** podman and buildah leave `sha256:` out. */
function readId(path: string): string | null {
  try {
    const id = readFileSync(path, 'utf8').trim();
    const hex = /^(?:sha256:)?([0-9a-f]{64})$/.exec(id)?.[1];
    return hex === undefined ? null : `sha256:${hex}`;
  } catch {
    return null;
  }
}
