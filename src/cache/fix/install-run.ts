import type { Instruction } from '../../dockerfile/dockerfile.ts';
import type { InstallStep } from '../../packages/install-step.ts';
import { recognizeInstalls } from '../../packages/recognize-installs.ts';
import { isSelfContained } from '../../packages/self-contained.ts';
import { type ShellCommand, splitShellCommands } from '../../packages/shell-commands.ts';

/** A RUN that starts with an install of packages, perhaps behind commands that prepare it. */
export interface InstallRun {
  /** All installs that the part before `rest` has. */
  readonly installs: readonly InstallStep[];
  /** The part that reads nothing but manifests: from the first character to behind the last one. */
  readonly installText: string;
  /** What comes behind it; null where that is all. */
  readonly rest: RestOfRun | null;
}

export interface RestOfRun {
  readonly text: string;
  readonly joiner: '&&' | ';';
  readonly commands: readonly ShellCommand[];
}

/** Null for a RUN whose first commands are no install, or whose script is not understood. */
export function installRun({ arguments: parsed, heredocs }: Instruction): InstallRun | null {
  if (parsed.form !== 'text' || heredocs.length > 0) return null;
  const script = parsed.text;
  const commands = splitShellCommands(script);
  if (commands === null) return null;
  const all = recognizeInstalls(script);
  const isInstall = (at: number): boolean => all.some(({ position }) => position === at);
  const rest = commands.findIndex(({ words }, at) => !isInstall(at) && (words === null || !isSelfContained(words)));
  const end = rest === -1 ? commands.length : rest;
  const last = commands[end - 1];
  const installs = all.filter(({ position }) => position < end);
  if (last === undefined || installs.length === 0) return null;
  const next = commands[end];
  return {
    installs,
    installText: script.slice(commands[0]?.start ?? 0, last.end),
    rest:
      next === undefined || last.joiner === null
        ? null
        : { text: script.slice(next.start), joiner: last.joiner, commands: commands.slice(end) },
  };
}
