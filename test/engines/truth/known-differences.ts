import type { Extractor } from '../corpus/built-image.ts';
import type { Difference } from './difference.ts';
import type { Listed } from './listing.ts';

/** Differences that are a decision of ours. All of them must occur, exactly so, or the test fails. */
export interface KnownDifferences {
  readonly image: string;
  readonly by: Extractor;
  readonly reason: string;
  readonly differences: readonly Difference[];
}

type Shown = Omit<Listed, 'path'>;

const OWNED_BY_ROOT = { uid: 0, gid: 0, linkTarget: null };
const DIRECTORY: Shown = { type: 'dir', size: 0, mode: 0o755, ...OWNED_BY_ROOT };
const file = (size: number): Shown => ({ type: 'file', size, mode: 0o644, ...OWNED_BY_ROOT });
const onlyOurs = (path: string, ours: Shown): Difference => ({ path, ours, theirs: null });
const onlyTheirs = (path: string, theirs: Shown): Difference => ({ path, ours: null, theirs });
const linkBecameDirectory = (path: string, linkTarget: string): Difference => ({
  path,
  ours: { type: 'symlink', mode: 0o777, linkTarget },
  theirs: { type: 'dir', mode: 0o755, linkTarget: null },
});
const otherMode = (path: string, ours: number, theirs: number): Difference => ({
  path,
  ours: { mode: ours },
  theirs: { mode: theirs },
});

const LINK_HIDDEN =
  'overlay2 unpacks each layer on its own, so a symlink of a lower layer becomes a directory that hides it; ' +
  'umoci, containerd and the vfs driver follow the link, and so do we';
const MISSING_PARENT =
  'overlay2 makes a parent that its layer does not list, as 0755, over the lower one; ' +
  'the image has only one mode for it, which we keep';

/** Every row is an extractor that departs from the image specification, or from the other extractors where it is silent. */
export const KNOWN_DIFFERENCES: readonly KnownDifferences[] = [
  {
    image: 'layers/opaque-root',
    by: 'docker export',
    reason: 'overlay2 ignores an opaque marker at the root; image-spec layer.md excepts no directory',
    differences: [onlyTheirs('/d', DIRECTORY), onlyTheirs('/d/low', file(3)), onlyTheirs('/low', file(3))],
  },
  {
    image: 'layers/whiteout-without-target',
    by: 'docker export',
    reason: 'docker makes the parents of a whiteout that hides nothing; umoci does not, and the image lists none',
    differences: [onlyTheirs('/x', DIRECTORY), onlyTheirs('/x/y', DIRECTORY)],
  },
  {
    image: 'layers/directory-whiteout-and-new-contents',
    by: 'docker export',
    reason: 'overlay2 drops a whiteout when its own layer makes the directory again, and shows the lower contents',
    differences: [onlyTheirs('/d/low', file(3)), onlyTheirs('/d/sub', DIRECTORY), onlyTheirs('/d/sub/low', file(3))],
  },
  {
    image: 'layers/missing-parents',
    by: 'docker export',
    reason: MISSING_PARENT,
    differences: [otherMode('/a', 0o700, 0o755)],
  },
  {
    image: 'layers/parent-not-repeated',
    by: 'docker export',
    reason: MISSING_PARENT,
    differences: [otherMode('/d', 0o700, 0o755)],
  },
  {
    image: 'layers/symlinked-parent-in-a-lower-layer',
    by: 'docker export',
    reason: LINK_HIDDEN,
    differences: [
      linkBecameDirectory('/abs', '/usr'),
      onlyTheirs('/abs/lib', DIRECTORY),
      onlyTheirs('/abs/lib/y', file(2)),
      onlyTheirs('/abs/w', file(1)),
      linkBecameDirectory('/lib', 'usr/lib'),
      linkBecameDirectory('/up', '../../usr/lib'),
      onlyTheirs('/up/z', file(3)),
      onlyOurs('/usr/lib/y', file(2)),
      onlyOurs('/usr/lib/z', file(3)),
      onlyOurs('/usr/w', file(1)),
    ],
  },
  {
    image: 'layers/symlink-out-of-the-root',
    by: 'docker export',
    reason: LINK_HIDDEN,
    differences: [
      linkBecameDirectory('/chain', 'etc'),
      onlyTheirs('/chain/group', file(2)),
      linkBecameDirectory('/dot', '.'),
      onlyTheirs('/dot/top', file(1)),
      onlyOurs('/etc-inside/group', file(2)),
      onlyOurs('/etc-inside/passwd', file(1)),
      onlyTheirs('/etc/passwd', file(1)),
      onlyOurs('/top', file(1)),
    ],
  },
  {
    image: 'layers/hard-links',
    by: 'docker export',
    reason: "docker gives a linked file the mode in the link's own header; tar and umoci keep the file's",
    differences: [otherMode('/d/three', 0o640, 0o644), otherMode('/four', 0o640, 0o644)],
  },
  {
    image: 'layers/device-0-0',
    by: 'docker export',
    reason: 'overlayfs takes a character device 0:0 for its own mark of a deleted file; in a layer it is a device',
    differences: [onlyOurs('/f', { type: 'char', size: 0, mode: 0o600, ...OWNED_BY_ROOT })],
  },
];
