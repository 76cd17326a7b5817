import type { Instruction } from '../../dockerfile/dockerfile.ts';
import type { CacheRule } from './cache-rule.ts';
import { locationOf, placeOf } from './place.ts';

/** `--link` beside `--chmod`: BuildKit drops it without a word (frontend/dockerfile2llb, dispatchCopy). */
export const linkLost: CacheRule = {
  name: 'link-lost',
  check: ({ model, steps }) => {
    if (model.builder !== 'buildkit') return [];
    return steps
      .filter(({ command }) => hasLink(command) && command.flags.some(({ name }) => name === 'chmod'))
      .map(({ command, instruction }) => ({
        severity: 'warning',
        message: `${placeOf(instruction)} has --link and --chmod; with --chmod the link is dropped, so that it re-runs with every step before it.`,
        help: `Give the files their mode where they come from (git update-index --chmod, or the stage that makes them) and leave --chmod out, or leave --link out.`,
        location: locationOf(instruction),
        bytes: null,
        seconds: null,
        fix: withoutChmod(command),
      }));
  },
};

function hasLink({ flags }: Instruction): boolean {
  return flags.some(({ name, value }) => name === 'link' && (value === null || value.toLowerCase() === 'true'));
}

function withoutChmod({ line }: Instruction): string {
  return line.trim().replace(/\s--chmod=\S+/, '');
}
