import type { Instruction } from '../../dockerfile/dockerfile.ts';
import { cleanPath } from '../../dockerfile/record/build-state.ts';
import { copyWords } from '../linear/copy-words.ts';
import type { StepScene } from '../linear/linear-model.ts';

/**
 * The name that COPY or ADD gives to a file: the destination's last one, variables expanded; null where the file keeps its
 * own, in a directory. Whether a destination is one can only be told from its slash, from WORKDIR, or because every image
 * has it.
 */
export function givenName(command: Instruction, { state }: StepScene): string | null {
  const { sources, destination } = copyWords(command);
  const target = state.expand(destination);
  if (sources.length + command.heredocs.length !== 1 || /(?:^|\/)\.?$/.test(target)) return null;
  const absolute = cleanPath(target.startsWith('/') ? target : `${state.workingDir}/${target}`);
  if (absolute === cleanPath(state.workingDir) || directories.has(absolute)) return null;
  return absolute.slice(absolute.lastIndexOf('/') + 1);
}

/** Of the Filesystem Hierarchy Standard, as far as images have them. */
const directories: ReadonlySet<string> = new Set(
  `/ /bin /dev /etc /home /lib /mnt /opt /proc /root /run /sbin /srv /sys /tmp /usr /usr/bin /usr/lib /usr/local
  /usr/local/bin /usr/local/lib /usr/sbin /usr/share /var /var/cache /var/lib /var/log /var/tmp`.split(/\s+/),
);
