import type { Instruction } from '../../dockerfile/dockerfile.ts';
import { runCommands } from './run-commands.ts';
import type { ScriptCommand } from './script-commands.ts';

/** Programs that do the same whatever variables a build was given: they install, fetch and move files. */
const programs = new Set(
  (
    'adduser addgroup useradd groupadd usermod apk apt apt-get apt-key add-apt-repository dpkg dnf microdnf yum rpm zypper pacman ' +
    'cd chmod chown chgrp cp curl echo gem git gpg groupmod gunzip install ln locale-gen ls mkdir mv pip pip3 printf pwd rm ' +
    'rmdir sed set sha256sum sort tar tee test [ touch true unzip update-ca-certificates wget xz'
  ).split(' '),
);

/** Of programs that build, too, those commands that only fetch what a manifest lists. */
const fetching: ReadonlyMap<string, RegExp> = new Map([
  ['npm', /^(?:ci|install|i)$/],
  ['yarn', /^install$/],
  ['pnpm', /^(?:install|i|fetch)$/],
  ['corepack', /^(?:enable|prepare)$/],
  ['go', /^mod$/],
  ['cargo', /^fetch$/],
  ['bundle', /^(?:install|config)$/],
  ['composer', /^install$/],
  ['dotnet', /^restore$/],
  ['poetry', /^install$/],
  ['uv', /^(?:sync|pip)$/],
]);

/** Whether nothing that a RUN does asks for the variables of the build. False where that is not known. */
export function isIndifferent(run: Instruction): boolean {
  return runCommands(run)?.every(isIndifferentCommand) ?? false;
}

function isIndifferentCommand({ words }: ScriptCommand): boolean {
  const [program = '', ...rest] = words;
  if (programs.has(program)) return true;
  const wanted = rest.find((word) => !word.startsWith('-')) ?? '';
  return fetching.get(program)?.test(wanted) ?? false;
}
