import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCorpus } from './corpus/build.ts';
import type { BuiltImage, Extractor } from './corpus/built-image.ts';
import { IMAGE_NAMES } from './corpus/names.ts';
import { ODD_NAMES } from './corpus/odd-names.ts';
import { type Engines, startEngines } from './engines.ts';
import { enginesRequired, missingEngines } from './requirements.ts';
import { type Difference, differences } from './truth/difference.ts';
import type { Entry } from './truth/entry.ts';
import { ADDED_BY_DOCKER } from './truth/extract.ts';
import { KNOWN_DIFFERENCES } from './truth/known-differences.ts';
import { type Listed, asListed, listWithCli } from './truth/listing.ts';

const missing = missingEngines();
if (missing.length > 0) process.stderr.write(`Skipped: real extractors; this machine lacks ${missing.join(', ')}\n`);

it.runIf(enginesRequired())('every engine is installed', () => {
  expect(missing).toEqual([]);
});

describe.skipIf(missing.length > 0)('images of real builders', () => {
  let engines: Engines;
  let corpus: ReadonlyMap<string, BuiltImage>;

  beforeAll(async () => {
    engines = await startEngines();
    corpus = new Map((await buildCorpus(engines)).map((image) => [image.name, image]));
  });
  afterAll(async () => {
    await engines.stop();
  });

  const built = (name: string): BuiltImage => {
    const image = corpus.get(name);
    if (image === undefined) throw new Error(`no image ${name}`);
    return image;
  };
  const truth = (name: string, by: Extractor = 'umoci'): ReadonlyMap<string, Entry> => {
    const entries = built(name).truths.find((each) => each.by === by)?.entries ?? [];
    return new Map(entries.map((entry) => [entry.path, entry]));
  };

  // What the truth says is checked by hand here and there: two empty listings would be equal, too.
  describe('what the extractors found', () => {
    it('is there for every image', () => {
      expect([...corpus.keys()].sort()).toEqual([...IMAGE_NAMES].sort());
      // An image with no file at all would prove nothing.
      const empty = [...corpus.values()].filter(({ truths }) => truths.some(({ entries }) => entries.length === 0));
      expect(empty).toEqual([]);
    });

    it.each(['classic', 'buildkit', 'buildah'])('has the odd names, byte for byte (%s)', (builder) => {
      const paths = new Set(truth(`odd-names/${builder}`).keys());
      const expected = ODD_NAMES.filter((name) => !['-rf', 'two words', '...'].includes(name));
      expect(expected.filter((name) => !paths.has(`/odd/${name}`))).toEqual([]);
      expect(paths.has('/odd/two words')).toBe(false);
      expect(paths.has('/odd/....')).toBe(true);
    });

    it.each(['classic', 'buildkit', 'buildah'])('has no deleted file (%s)', (builder) => {
      const paths = [...truth(`deletions/${builder}`).keys()].filter((path) => path.startsWith('/data'));
      expect(paths).toEqual(['/data', '/data/keep', '/data/keep/file']);
    });

    it.each(['classic', 'buildkit', 'buildah'])('keeps a hard link whose first name is gone (%s)', (builder) => {
      const entries = truth(`hard-links/${builder}`);
      expect(entries.has('/l/one')).toBe(false);
      expect(entries.get('/l/two')).toMatchObject({ type: 'file' });
      expect(entries.get('/three')?.size).toBe('one\ngrown\n'.length);
    });

    it.each(['classic', 'buildkit', 'buildah'])('follows symlinked parents (%s)', (builder) => {
      const entries = truth(`symlinked-parents/${builder}`);
      expect(entries.get('/lib')).toMatchObject({ type: 'symlink', linkTarget: 'usr/lib' });
      expect(entries.get('/usr/lib/one')).toMatchObject({ type: 'file', size: 6, mode: 0o600 });
      expect(entries.get('/srv/www/one')?.size).toBe(6);
    });

    it('has owners, modes and devices', () => {
      const owners = truth('modes-and-owners/buildkit');
      expect(owners.get('/app/lib/one')).toMatchObject({ uid: 4_000_000, gid: 4_000_001, mode: 0o600 });
      const special = truth('special-files/classic');
      expect(special.get('/s/null')).toMatchObject({ type: 'char', uid: 12, gid: 34 });
      expect(special.get('/s/fifo')).toMatchObject({ type: 'fifo', mode: 0o622 });
      expect(special.get('/s/setgid')?.mode).toBe(0o2711);
      expect(special.has('/s/loop')).toBe(false);
    });

    it('has the sizes that a reader of a sparse file sees', () => {
      expect(truth('layers/sparse-9-gib-gnu', 'GNU tar').get('/sparse')?.size).toBe(9 * 1024 ** 3);
      expect(truth('layers/sparse-0.1', 'GNU tar').get('/sparse')?.size).toBe(3_000_007);
    });

    it('has many files', () => {
      const entries = truth('many-files/buildkit');
      const files = [...entries.values()].filter(
        ({ path, type }) => path.startsWith('/usr/share/many/') && type === 'file',
      );
      // 8 groups of 5 parts are left, of whose 100 files 10 end in 0.
      expect(files.length).toBe(8 * 5 * 90);
    });
  });

  describe('layerscope ls', () => {
    it.each(IMAGE_NAMES)('%s', async (name) => {
      const { forms, truths } = built(name);
      const listings = await Promise.all(
        forms.map(async ({ form, reference }) => ({ form, listed: await listWithCli(reference) })),
      );
      const expected = truths.map(({ by }) => ({ by, differences: known(name, by) }));
      for (const { form, listed } of listings) {
        const found = truths.map(({ by, entries }) => ({
          by,
          differences: differences(comparable(listed, by), entries.map(asListed)),
        }));
        expect(found, form).toEqual(expected);
        expect(
          listed.map(({ path }) => path),
          `${form}: byte order`,
        ).toEqual(listed.map(({ path }) => path).sort());
      }
    });

    it('knows no difference in an image that is not built', () => {
      const unknown = KNOWN_DIFFERENCES.filter(({ image }) => !IMAGE_NAMES.includes(image));
      expect(unknown).toEqual([]);
    });
  });
});

function known(name: string, extractor: Extractor): readonly Difference[] {
  return KNOWN_DIFFERENCES.find(({ image, by }) => image === name && by === extractor)?.differences ?? [];
}

function comparable(listed: readonly Listed[], by: Extractor): readonly Listed[] {
  return by === 'docker export' ? listed.filter(({ path }) => !ADDED_BY_DOCKER.has(path)) : listed;
}
