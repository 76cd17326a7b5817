import type { LayersRecipe } from './recipe.ts';
import { directory, file, hardLink, symlink, whiteout, written } from './written-layer.ts';

/** What one layer does to those below it: whiteouts, links as parents, changes of type. */
export const UNION_LAYERS: readonly LayersRecipe[] = [
  written(
    'whiteouts',
    [
      [
        directory('a/'),
        file('a/one', '1'),
        file('a/two', '22'),
        directory('a/sub/'),
        file('a/sub/three', '333'),
        file('b', 'b'),
      ],
      [directory('a/'), whiteout('a/.wh.one'), whiteout('.wh.b'), whiteout('a/.wh.sub')],
      [directory('a/'), directory('a/sub/'), file('a/sub/new', 'new')],
    ],
    { docker: true },
  ),
  written(
    'opaque-marker-first',
    [
      [directory('d/', 0o711), file('d/low', 'low'), directory('d/sub/'), file('d/sub/low', 'low')],
      [directory('d/', 0o750), whiteout('d/.wh..wh..opq'), file('d/high', 'high')],
    ],
    { docker: true },
  ),
  written(
    'opaque-marker-last',
    [
      [directory('d/'), file('d/low', 'low'), directory('d/sub/'), file('d/sub/low', 'low')],
      [
        directory('d/'),
        file('d/high', 'high'),
        directory('d/sub/'),
        file('d/sub/high', 'high'),
        whiteout('d/.wh..wh..opq'),
      ],
    ],
    { docker: true },
  ),
  written(
    'opaque-root',
    [
      [file('low', 'low'), directory('d/'), file('d/low', 'low')],
      [whiteout('.wh..wh..opq'), file('high', 'high')],
    ],
    { docker: true },
  ),
  written(
    'aufs-metadata',
    [
      [
        directory('d/'),
        file('d/kept', 'kept'),
        whiteout('.wh..wh.aufs'),
        directory('.wh..wh.plnk/'),
        directory('.wh..wh.orph/'),
      ],
      [directory('d/'), whiteout('d/.wh..wh..opq'), file('d/new', 'new')],
    ],
    { docker: true },
  ),
  written(
    'whiteout-without-target',
    [[file('a', 'a')], [whiteout('.wh.missing'), whiteout('x/y/.wh.z'), file('b', 'b')]],
    { docker: true },
  ),
  written('name-then-its-whiteout', [
    [directory('d/'), file('d/f', 'old'), file('g', 'old')],
    [directory('d/'), file('d/f', 'newer'), whiteout('d/.wh.f'), whiteout('.wh.g'), file('g', 'newest')],
  ]),
  written(
    'directory-whiteout-and-new-contents',
    [
      [directory('d/'), file('d/low', 'low'), directory('d/sub/'), file('d/sub/low', 'low')],
      [whiteout('.wh.d'), directory('d/', 0o700), file('d/high', 'high')],
    ],
    { docker: true },
  ),
  written('parent-not-repeated', [[directory('d/', 0o700), file('d/a', 'a')], [file('d/b', 'b')]], { docker: true }),
  written(
    'symlinked-parent-in-a-lower-layer',
    [
      [
        directory('usr/'),
        directory('usr/lib/'),
        symlink('lib', 'usr/lib'),
        symlink('abs', '/usr'),
        symlink('up', '../../usr/lib'),
      ],
      [file('lib/x', 'x'), file('abs/lib/y', 'yy'), file('up/z', 'zzz')],
      [whiteout('lib/.wh.x'), file('abs/w', 'w')],
    ],
    { docker: true },
  ),
  written(
    'symlink-out-of-the-root',
    [
      [
        symlink('etc', '../../../../etc-inside'),
        directory('etc-inside/'),
        symlink('chain', 'etc'),
        symlink('dot', '.'),
      ],
      [file('etc/passwd', 'p'), file('chain/group', 'gg'), file('dot/top', 't')],
    ],
    { docker: true },
  ),
  written(
    'directory-over-symlink',
    [
      [directory('usr/'), directory('usr/lib/'), file('usr/lib/low', 'l'), symlink('lib', 'usr/lib')],
      [directory('lib/'), file('lib/high', 'h')],
    ],
    { docker: true },
  ),
  // What overlay2 writes when a step replaces a symlink with a directory: the marker hides nothing behind the link.
  written(
    'opaque-directory-over-symlink',
    [
      [directory('usr/'), file('usr/kept', 'k'), file('usr/kept-too', 'kk'), symlink('d', 'usr'), symlink('e', 'usr')],
      [
        directory('d/'),
        whiteout('d/.wh..wh..opq'),
        file('d/new', 'new'),
        directory('e/'),
        whiteout('e/.wh.kept-too'),
        file('e/new', 'new'),
      ],
    ],
    { docker: true },
  ),
  written(
    'non-directory-over-directory',
    [
      [
        directory('d/'),
        file('d/f', 'f'),
        directory('e/'),
        file('e/f', 'f'),
        directory('g/'),
        directory('g/h/'),
        file('g/h/i', 'i'),
      ],
      [file('d', 'now a file'), symlink('e', 'd'), { name: 'g/h', type: '6', mode: 0o600 }],
    ],
    { docker: true },
  ),
  written(
    'hard-links',
    [
      [
        file('one', '1234', 0o640),
        hardLink('two', 'one'),
        directory('d/'),
        hardLink('d/three', './two'),
        hardLink('four', '/one'),
      ],
      [whiteout('.wh.one'), file('two', 'replaced')],
    ],
    { docker: true },
  ),
  written('hard-link-to-a-lower-layer', [
    [file('one', '12345', 0o600)],
    [hardLink('two', 'one')],
    [whiteout('.wh.one')],
  ]),
  // overlayfs marks a deleted name with such a device on disk; in a layer it is only a device.
  written('device-0-0', [[file('f', 'f'), file('g', 'g')], [{ name: 'f', type: '3', mode: 0o600, device: [0, 0] }]], {
    docker: true,
  }),
];
