import type { Instruction } from '../../dockerfile/dockerfile.ts';
import { needsOnly } from '../../packages/needs-only.ts';
import { recognizeInstalls } from '../../packages/recognize-installs.ts';
import { isSelfContained } from '../../packages/self-contained.ts';
import { splitShellCommands } from '../../packages/shell-commands.ts';
import type { InstallPlace } from '../../packages/install-step.ts';

/** Programs whose manuals name every variable that they look at: locale, time zone, HOME, PATH, none of a build. */
const plain = new Set(
  `[ addgroup adduser apk apt apt-get cat cd chgrp chmod chown cp dnf echo false groupadd groupmod gunzip ln ls microdnf mkdir
  mktemp mv printf pwd rm rmdir set sha256sum sort stat tee test touch true tr umask uname unzip useradd usermod wc xz
  yum`.split(/\s+/),
);

/**
 * Why a RUN may look at variables of the build, or at files of the context that it does not name; null where it is shown
 * that it does neither. Nothing is shown for programs that run what the project wrote: scripts, compilers, interpreters.
 * @param place what its working directory has of the context; null where that is not known
 */
export function restlessCommand(
  { arguments: parsed, heredocs }: Instruction,
  place: InstallPlace | null,
): string | null {
  if (parsed.form !== 'text' || heredocs.length > 0) return 'its script';
  const commands = splitShellCommands(parsed.text);
  if (commands === null) return 'its script';
  const installs = recognizeInstalls(parsed.text);
  for (const [at, { words, start, end }] of commands.entries()) {
    const text = parsed.text.slice(start, end);
    if (words === null) return text;
    if (plain.has(words[0] ?? '') || isSelfContained(words)) continue;
    const install = installs.find(({ position }) => position === at);
    if (install === undefined || place === null || !needsOnly(install, place).safe) return text;
  }
  return null;
}
