/** How often a build argument is given another value. */
export type Pace = 'build' | 'release';

const prefix =
  '(?:(?:APP|BUILD|CI|CIRCLE|DOCKER|DRONE|GIT|GITHUB|IMAGE|NEXT_PUBLIC|PROJECT|REACT_APP|SENTRY|SERVICE|SOURCE|VCS|VITE)_)?';
const ofBuilds = new RegExp(
  `^${prefix}(?:(?:GIT_?)?(?:SHA1?|COMMIT|HASH|REV|REVISION|VCS_REF|DESCRIBE)|(?:GIT_?)?COMMIT_(?:SHA1?|HASH|ID|REF|DATE|TIME)|SHORT_SHA|BUILD_?(?:DATE|TIME|TIMESTAMP|NUMBER|NUM|ID|NO|TAG|URL)|NUMBER|TIMESTAMP|DATE|RUN_(?:ID|NUMBER)|REF)$`,
);
const ofReleases = new RegExp(`^${prefix}(?:VERSION|RELEASE|RELEASE_VERSION|GIT_(?:TAG|BRANCH|VERSION)|BRANCH|TAG)$`);

/** What stands where a value belongs that is given to each build. */
const placeholder =
  /^(?:|(?:dev|local|unknown|unspecified|none|snapshot|latest|edge)(?:[-_.].*)?|devel|develop|development|null|undefined|unset|head|main|master|n\/a|now|0|v?0\.0\.0(?:[-+].*)?|\(devel\)|1970-01-01.*)$/i;

/**
 * Tells by its name whether an argument is another one with each build or each release. A default that is no placeholder
 * pins something (`ARG VERSION=8.5`), and changes when the Dockerfile does.
 * @param value its default, quotes taken off; null without one
 */
export function paceOf(name: string, value: string | null): Pace | null {
  if (value !== null && !placeholder.test(value)) return null;
  if (ofBuilds.test(name)) return 'build';
  return ofReleases.test(name) ? 'release' : null;
}
