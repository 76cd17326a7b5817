/**
 * What every rule is called (docs/rules), those about the image first. By themselves, for a configuration is checked
 * against them, and the rules on the build cache bring all of its models.
 */
export const ruleNames = [
  'secret-file',
  'deleted-later',
  'recursive-metadata',
  'package-cache',
  'context-leftovers',
  'duplicate-content',
  'build-leftovers',
  'broad-copy',
  'cache-mount',
  'context-churn',
  'copy-from-broad',
  'link-lost',
  'metadata-breaks-chain',
  'mode-only-miss',
  'parallel-stages',
  'remote-add',
  'split-update',
  'unpinned-base',
  'volatile-arg',
  'workdir-epoch',
] as const;

export type RuleName = (typeof ruleNames)[number];
