import { cwd } from 'node:process';
import type { Argv, CommandModule } from 'yargs';
import { readBuildArguments } from '../builds/arguments/requested-build.ts';
import { type BuilderProgram, builderPrograms } from '../builds/builder-program.ts';
import { findBuilder } from '../builds/find-builder.ts';
import type { LoggingBuilder } from '../builds/log/build-log.ts';
import { loadOwnConfig } from '../config/load-config.ts';
import { LayerscopeError } from '../errors.ts';
import { builtText } from '../report/cache/built-text.ts';
import { createPaint } from '../report/paint.ts';
import type { Report } from '../report/report.ts';
import { findBuildFile } from './build/find-build-file.ts';
import { loadRequested } from './build/load-requested.ts';
import { type ReportRequested, reportBuilt } from './build/report-built.ts';
import { runBuild } from './build/run-build.ts';
import { tellSteps } from './build/tell-steps.ts';
import { ExitStatus } from './exit-status.ts';
import { type Host, takesColors, widthOf } from './host.ts';
import { type ConfigArguments, configOption, type ReportArguments, reportOptions } from './options.ts';
import { writeOut } from './write-out.ts';
import { parseReportRequests, writeReports } from './write-reports.ts';

interface Arguments extends ReportArguments, ConfigArguments {
  readonly with: BuilderProgram | undefined;
}

/** What a shell gives where there is no such program. */
const noProgram = 127;

/** `layerscope build ARGS…`. @param given the builder's arguments */
export function buildCommand(host: Host, given: readonly string[]): CommandModule<object, Arguments> {
  return {
    command: 'build',
    describe: 'Build with docker, podman or buildah, then tell what was cached, what ran how long, and what came out',
    builder: (yargs): Argv<Arguments> =>
      configOption(reportOptions(yargs))
        .usage('layerscope build [OPTIONS] [ARGS..]\n\nARGS go to the builder as they are: -t app .')
        .option('with', {
          choices: builderPrograms,
          requiresArg: true,
          describe: 'who builds; default: docker, podman or buildah, the first on the PATH',
        }),
    handler: (args) => build(host, args, given),
  };
}

async function build(host: Host, args: Arguments, given: readonly string[]): Promise<void> {
  const requests = parseReportRequests(args);
  // A mistake in it is told before a build that may take an hour.
  const { config } = await loadOwnConfig(cwd(), args.config ?? null);
  const program = findBuilder(args.with ?? null, host.env);
  if (program === null) {
    const sought = args.with ?? 'docker, podman or buildah';
    await writeOut(
      host.stderr,
      `layerscope: no ${sought} on the PATH. Install it, or choose another one with --with.\n`,
    );
    throw new ExitStatus(noProgram);
  }
  // What is wanted for a program has standard output to itself.
  const talk = args.json || args.report.length > 0 ? host.stderr : host.stdout;
  const requested = readBuildArguments(program, given, host.env);
  const file = findBuildFile(program, requested);
  const likely = likelyBuilder(program, host.env);
  // While the builder reads them, too: later, they may have been edited.
  const loading = loadRequested(host, requested, file, likely);
  const { status, log, id } = await runBuild(host, program, given, requested, talk);
  const loaded = await loading;
  if (status !== 0) throw new ExitStatus(status);
  try {
    const report = id === null ? null : await reportIfThere(host, { program, requested, file, id, config });
    if (report === null) await writeOut(host.stderr, noImage);
    else await writeReports(host, requests, args.color, report);
  } finally {
    // These are known whatever became of the image.
    const paint = createPaint(args.color && takesColors(host, talk));
    if (log === null) await writeOut(host.stderr, noSteps);
    else {
      const steps = log.builder === likely ? loaded : await loadRequested(host, requested, file, log.builder);
      const told = tellSteps(host, { log, program, requested }, steps);
      await writeOut(talk, `\n${builtText(told, { width: widthOf(talk), paint })}`);
    }
  }
}

const noImage =
  'layerscope: there is no image to analyze: none was made, or it is not in the engine (--load puts it there).\n';
const noSteps = 'layerscope: the builder printed no steps that could be read (--progress=plain does).\n';

/** Docker has had BuildKit for its default since 23; the log will tell. */
function likelyBuilder(program: BuilderProgram, env: Host['env']): LoggingBuilder {
  if (program === 'podman' || program === 'buildah') return 'buildah';
  return program === 'docker' && /^(?:0|f|false)$/i.test(env['DOCKER_BUILDKIT'] ?? '') ? 'classic' : 'buildkit';
}

/** Null where the image went elsewhere: to a registry, or a builder of its own keeps it. */
async function reportIfThere(host: Host, wanted: ReportRequested): Promise<Report | null> {
  try {
    return await reportBuilt(host, wanted);
  } catch (error) {
    if (error instanceof LayerscopeError && error.code === 'no-engine-image') return null;
    throw error;
  }
}
