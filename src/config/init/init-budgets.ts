import { formatBytes } from '../../text/bytes.ts';
import { gitPath } from './facts-of.ts';
import type { InitFacts, InitImage } from './init-facts.ts';
import { roomyBytes, roomyCount, roomyPercent } from './readable-amounts.ts';

/** No budget is tighter, in bytes: the next file should not break it. */
const leastSize = 1_000_000;

const increase = `  # maxIncrease: 5% # more than the baseline, which is to be named below
`;

const gitBudget = `- metric: files
  path: '${gitPath}' # in quotes, for YAML has another use for a * in front
  max: 0
  reason: A repository holds its whole history, and often what should stay in the house.
`;

/** For a file without an image: nothing of it is in effect. */
export const exampleBlocks: readonly string[] = [
  commented(`- metric: size\n  max: 250MB\n${increase}`),
  `# Your own layers, without the base image, whose updates are not your doing. Which layers are whose is told by the
# Dockerfile (-d) or the name of the base image (--base).
${commented(`- metric: size\n  scope: own\n  max: 60MB\n${increase}`)}`,
  `# What a registry keeps and a pull transfers.\n${commented('- metric: compressed\n  max: 100MB\n')}`,
  `# Bytes in layers that no container sees.\n${commented('- metric: wastedPercent\n  max: 2%\n')}`,
  commented('- metric: layers\n  max: 25\n'),
  commented(gitBudget),
];

/** Budgets that hold for the image, each with what it has today; one that cannot be told of it is a comment. */
export function budgetBlocks({ facts, replacesDive }: InitImage): readonly string[] {
  return [
    `- metric: size\n  max: ${roomyBytes(facts.sizeBytes, leastSize)} # ${formatBytes(facts.sizeBytes)} today\n${increase}`,
    ownBlock(facts),
    compressedBlock(facts),
    wasteBlock(facts),
    `- metric: layers\n  max: ${roomyCount(facts.layerCount)} # ${facts.layerCount} today\n`,
    gitBlock(facts),
    efficiencyBlock(facts, replacesDive),
  ];
}

function ownBlock({ ownBytes }: InitFacts): string {
  if (ownBytes === null)
    return `# Your own layers, without the base image, whose updates are not your doing. Which layers are yours was not known:
# give the Dockerfile (-d) or the base image (--base), to \`layerscope ci\` as well.
${commented(`- metric: size\n  scope: own\n  max: 60MB\n${increase}`)}`;
  return `# Your own layers, without the base image, whose updates are not your doing.
- metric: size
  scope: own
  max: ${roomyBytes(ownBytes, leastSize)} # ${formatBytes(ownBytes)} today
${increase}`;
}

function compressedBlock({ compressedBytes }: InitFacts): string {
  if (compressedBytes === null)
    return `# What a registry keeps and a pull transfers. Not known of this image, whose layers are not compressed.
${commented('- metric: compressed\n  max: 100MB\n')}`;
  return `# What a registry keeps and a pull transfers.
- metric: compressed
  max: ${roomyBytes(compressedBytes, leastSize)} # ${formatBytes(compressedBytes)} today
`;
}

function wasteBlock({ wastedPercent }: InitFacts): string {
  const max = roomyPercent(wastedPercent);
  const what = '# Bytes in layers that no container sees.\n';
  if (max === null) return `${what}${commented('- metric: wastedPercent\n  max: 50% # nearly all today\n')}`;
  return `${what}- metric: wastedPercent\n  max: ${max} # ${wastedPercent.toFixed(1)} % today\n`;
}

function gitBlock({ gitFiles }: InitFacts): string {
  if (gitFiles === 0) return gitBudget;
  const count = gitFiles === 1 ? 'is one such file' : `are ${gitFiles} such files`;
  return `# There ${count} today: list .git in .dockerignore, then take the comments off.
${commented(gitBudget)}`;
}

/** A ratio that says less than the bytes it is made of: for those who had it in a `.dive-ci`. */
function efficiencyBlock({ efficiency }: InitFacts, replacesDive: boolean): string {
  const min = Math.floor(Math.max(0, efficiency - 0.02) * 100) / 100;
  const budget = `- metric: efficiency\n  min: ${min} # ${efficiency.toFixed(4)} today\n`;
  const what = `# dive's score, from 0 to 1.\n`;
  return replacesDive && min > 0 ? `${what}${budget}` : `${what}${commented(budget.replace(/min: 0 /, 'min: 0.9 '))}`;
}

/** The same, out of effect. */
function commented(block: string): string {
  return block.replaceAll(/^(?=.)/gm, '# ');
}
