import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { action, type ActionStep } from './action-file.ts';

/** What a workflow says, and where it runs. */
export interface ActionRun {
  readonly inputs: Readonly<Record<string, string>>;
  /** `github.token`. */
  readonly token?: string;
  /** What happened, as GitHub describes it; a push unless said. */
  readonly event?: object;
  readonly env?: Readonly<Record<string, string>>;
}

export interface ActionOutcome {
  /** Of the first step that failed; 0 if none did. */
  readonly status: number;
  readonly outputs: Readonly<Record<string, string>>;
  /** Both streams of all steps. */
  readonly log: string;
  readonly summary: string;
}

/** Runs the action's steps as GitHub's runner does: one script file after the other, by bash, until one fails. */
export async function runAction(folder: string, run: ActionRun): Promise<ActionOutcome> {
  const place = await mkdtemp(join(folder, 'run-'));
  const at = (name: string): string => join(place, name);
  mkdirSync(at('temp'));
  writeFileSync(at('event.json'), JSON.stringify(run.event ?? { ref: 'refs/heads/main' }));
  writeFileSync(at('summary.md'), '');
  const values = new Map<string, string>([['github.token', run.token ?? '']]);
  for (const [name, { default: value }] of Object.entries(action.inputs))
    values.set(`inputs.${name}`, run.inputs[name] ?? evaluate(value ?? '', values));
  let log = '';
  let status = 0;
  for (const [index, step] of action.runs.steps.entries()) {
    const script = at(`${index}.sh`);
    const outputs = at(`${index}.out`);
    writeFileSync(script, step.run);
    writeFileSync(outputs, '');
    const env = {
      PATH: process.env['PATH'],
      HOME: place,
      ...run.env,
      GITHUB_ACTION_PATH: resolve('.'),
      GITHUB_EVENT_PATH: at('event.json'),
      GITHUB_OUTPUT: outputs,
      GITHUB_STEP_SUMMARY: at('summary.md'),
      RUNNER_TEMP: at('temp'),
      ...environment(step, values),
    };
    const ended = await shell(['--noprofile', '--norc', '-eo', 'pipefail', script], env);
    log += ended.log;
    if (step.id !== undefined) readOutputs(outputs, step.id, values);
    status = ended.status;
    if (status !== 0) break;
  }
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [name, evaluate(value, values)]);
  return {
    status,
    outputs: Object.fromEntries(outputs) as Record<string, string>,
    log,
    summary: existsSync(at('summary.md')) ? readFileSync(at('summary.md'), 'utf8') : '',
  };
}

function environment({ env }: ActionStep, values: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, evaluate(value, values)]));
}

/** Expressions of the one kind that the action has: a name in a context. What is not there is empty. */
function evaluate(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => values.get(name) ?? '');
}

function readOutputs(file: string, step: string, values: Map<string, string>): void {
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const equals = line.indexOf('=');
    if (equals < 1) throw new Error(`${step}: not an output: ${line}`);
    values.set(`steps.${step}.outputs.${line.slice(0, equals)}`, line.slice(equals + 1));
  }
}

async function shell(args: readonly string[], env: NodeJS.ProcessEnv): Promise<{ status: number; log: string }> {
  return await new Promise((done) => {
    const child = execFile('bash', args, { env, timeout: 60_000 }, (_error, stdout, stderr) =>
      done({ status: child.exitCode ?? 255, log: stdout + stderr }),
    );
    child.stdin?.end();
  });
}
