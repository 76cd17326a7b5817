import { formatBytes } from '../../text/bytes.ts';
import { plural } from '../../text/plural.ts';
import { sanitize } from '../../text/sanitize.ts';
import { budgetBlocks, exampleBlocks } from './init-budgets.ts';
import type { InitFacts, InitImage } from './init-facts.ts';

/** A commented layerscope.yaml. Its budgets hold for the image; without one, all of them are comments. */
export function initText(image: InitImage | null): string {
  const blocks = image === null ? exampleBlocks : budgetBlocks(image);
  return `${head(image)}\nbudgets:\n${blocks.map((block) => indented(block)).join('\n')}${rest(image)}`;
}

function head(image: InitImage | null): string {
  const units = '# `max` and `min` allow equality. kB, MB and GB are powers of 1000, KiB, MiB and GiB of 1024.\n';
  if (image === null)
    return `# What \`layerscope ci IMAGE\` holds an image to. Everything here is a comment still, so nothing is judged yet:
# take the "# " off the budgets that you want, or let \`layerscope init IMAGE\` write them with the figures of an image.
${units}`;
  const { facts, command } = image;
  const own = facts.ownBytes === null ? '' : `, ${formatBytes(facts.ownBytes)} of them its own`;
  return `# What this command holds the image to:
#
#   ${sanitize(command.join(' '))}
#
# The image has ${formatBytes(facts.sizeBytes)}${own}. Budgets are what it has today and a tenth on top, rounded up:
# tighten them as the image shrinks.
${units}`;
}

function rest(image: InitImage | null): string {
  const dive =
    image?.replacesDive === true ? '\n# The .dive-ci beside this file is not read any more: this file counts.\n' : '';
  return `
# Paths that are left out of waste: what you cannot change, such as the files of a package manager.
# ignore:
#   - /var/lib/dpkg/**

${rulesText(image?.facts.errors ?? new Map())}
# From which severity on a finding fails the build: error, warning, info or never.
# failOn: error

# What maxIncrease compares with: the image of the main branch, or a report saved from it
# (layerscope analyze IMAGE --report json=baseline.json). A path is relative to this file.
# baseline:
#   image: registry:ghcr.io/acme/app:main
${dive}`;
}

/** What is an error today stays one: nobody should have a gate that lets a secret pass because it was there before. */
function rulesText(errors: InitFacts['errors']): string {
  const what = "# How severe a rule's findings are (off, info, warning, error), whatever the rule says itself.\n";
  if (errors.size === 0) return `${what}# rules:\n#   unpinned-base: off\n#   broad-copy: error\n`;
  const lines = [...errors].map(([rule, count]) => `#   ${rule}: warning # ${plural(count, 'error')} today\n`);
  return `${what}# What is an error today fails the gate until it is mended, or called less than one:\n# rules:\n${lines.join('')}`;
}

function indented(block: string): string {
  return block.replaceAll(/^(?=.)/gm, '  ');
}
