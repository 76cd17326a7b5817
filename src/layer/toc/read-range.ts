import type { RemoteBlob } from '../remote-blob.ts';

/** As much as is asked for at once, in bytes: what is in memory, and what a dropped connection costs. */
const requestLimit = 16 * 1024 * 1024;

/** The bytes of a blob from `offset` to before `end`: in one request, unless they are many. */
export async function* readRange(blob: RemoteBlob, offset: number, end: number): AsyncGenerator<Buffer, void, void> {
  for (let at = offset; at < end; at += requestLimit) yield await blob.read(at, Math.min(requestLimit, end - at));
}
