import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LayerscopeError } from '../../../src/errors.ts';
import { gnuLongName, paxHeader, writeTar } from '../../engines/corpus/tar-header.ts';
import { scanOnDisk, scanPassing } from '../../scan-layer.ts';

const honest = writeTar([
  paxHeader({ path: 'some/name', mtime: '1.5', 'GNU.sparse.size': '90', 'GNU.sparse.map': '0,3,50,2' }),
  { name: 'x', content: 'abcde' },
  gnuLongName('long/'.repeat(30)),
  { name: 'y', type: '5' },
  { name: 'd', type: '3', device: [1, 3] },
  { name: 's', type: 'S', format: 'gnu', content: 'abc' },
  paxHeader({ comment: 'all' }, 'g'),
  { name: 'z', content: 'z'.repeat(700) },
]);

/** Puts the right checksum in a block, so that what was changed is read at all. */
function seal(block: Buffer): void {
  block.fill(' ', 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
}

/** An honest tar with some bytes changed, and every header block's checksum made to hold. */
const altered = fc
  .array(fc.tuple(fc.nat(honest.length - 1), fc.oneof(fc.nat(255), fc.constantFrom(0, 0x80, 0xff, 0x37))), {
    minLength: 1,
    maxLength: 12,
  })
  .map((changes) => {
    const tar = Buffer.from(honest);
    for (const [at, value] of changes) tar[at] = value;
    for (let at = 0; at < tar.length; at += 512) {
      const block = tar.subarray(at, at + 512);
      if (block.toString('latin1', 257, 262) === 'ustar') seal(block);
    }
    return tar;
  });

/** One header of any bytes whose checksum holds. */
const anyHeader = fc
  .tuple(fc.uint8Array({ minLength: 512, maxLength: 512 }), fc.uint8Array({ maxLength: 2000 }))
  .map(([header, rest]) => {
    const block = Buffer.from(header);
    seal(block);
    return Buffer.concat([block, rest]);
  });

const noise = fc.uint8Array({ maxLength: 3000 }).map((bytes) => Buffer.from(bytes));

function outcome(scan: () => unknown): string {
  try {
    scan();
    return 'read';
  } catch (error) {
    expect(error).toBeInstanceOf(LayerscopeError);
    return (error as LayerscopeError).code;
  }
}

test('any bytes are read or refused, alike by both scanners', () => {
  fc.assert(
    fc.property(
      fc.oneof(noise, anyHeader, { weight: 4, arbitrary: altered }),
      fc.integer({ min: 1, max: 3000 }),
      (tar, chunk) => {
        const passing = outcome(() => scanPassing(tar, [chunk]));
        expect(['read', 'corrupt-tar', 'truncated']).toContain(passing);
        expect(outcome(() => scanOnDisk(tar))).toBe(passing);
      },
    ),
    { numRuns: 700 },
  );
});

test('a size that lies takes no memory', () => {
  const before = process.memoryUsage();
  for (const type of ['0', '1', '5', '7', 'S', 'Z'])
    for (const size of [2 ** 33, 2 ** 40, 2 ** 48 - 1]) {
      const tar = writeTar([{ name: 'lie', type, size, content: 'short' }]);
      expect(['read', 'corrupt-tar', 'truncated']).toContain(outcome(() => scanPassing(tar)));
    }
  const after = process.memoryUsage();
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(64 * 1024 * 1024);
});
