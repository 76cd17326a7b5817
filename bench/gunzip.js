// The yardstick for compressed layers: node's gunzip in chunks of 1 MiB, to nowhere.
// node bench/gunzip.js FILE OFFSET SIZE
import { createReadStream } from 'node:fs';
import { argv } from 'node:process';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

const chunkSize = 1024 * 1024;
const [file = '', offset = '0', size = '0'] = argv.slice(2);
const start = Number(offset);
await pipeline(
  createReadStream(file, { start, end: start + Number(size) - 1, highWaterMark: chunkSize }),
  createGunzip({ chunkSize }),
  new Writable({ highWaterMark: chunkSize, write: (_chunk, _encoding, done) => done() }),
);
