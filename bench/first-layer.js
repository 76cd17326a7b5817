import { closeSync, createReadStream, createWriteStream, existsSync, openSync, readSync, renameSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/**
 * Where the first layer is in an image that `writeImage` wrote.
 * @param {string} image
 * @returns {{ offset: number, size: number }} in bytes
 */
export function firstLayer(image) {
  const head = Buffer.alloc(512);
  const fd = openSync(image, 'r');
  readSync(fd, head);
  closeSync(fd);
  return { offset: 512, size: Number.parseInt(head.toString('latin1', 124, 135), 8) };
}

/**
 * The first layer as a file of its own: `tar` has to find the same entries as the analysis.
 * @param {string} image
 * @returns {Promise<string>}
 */
export async function firstLayerFile(image) {
  const file = `${image}.layer`;
  if (existsSync(file)) return file;
  const { offset, size } = firstLayer(image);
  const chunks = createReadStream(image, { start: offset, end: offset + size - 1, highWaterMark: 1024 * 1024 });
  await pipeline(chunks, createWriteStream(`${file}.partial`));
  renameSync(`${file}.partial`, file);
  return file;
}
