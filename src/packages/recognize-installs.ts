import type { InstallStep } from './install-step.ts';
import { installTools } from './install-tools.ts';
import { splitShellCommands } from './shell-commands.ts';

/** Commands behind which another directory, shell or environment may hold. */
const unsettling = new Set(['cd', 'pushd', 'popd', 'source', '.', 'eval', 'exec', 'export', 'unset', 'alias', 'trap']);

/**
 * The installs in the shell text of a RUN, in order. Where the script is not understood, or an install stands behind what
 * may change its directory or environment, it is not among them.
 */
export function recognizeInstalls(script: string): readonly InstallStep[] {
  const found: InstallStep[] = [];
  for (const [position, command] of (splitShellCommands(script) ?? []).entries()) {
    const { words, environment, start, end } = command;
    if (words === null) continue;
    if (unsettling.has(words[0] ?? '')) break;
    for (const { manager, recognize } of installTools) {
      const recognized = recognize(words);
      if (recognized === null) continue;
      found.push({ manager, command: script.slice(start, end), words, environment, position, ...recognized });
    }
  }
  return found;
}
