/** The first bytes of a stream, and the stream with them still in it. */
export async function peekStart(
  source: AsyncIterable<Buffer>,
  length: number,
): Promise<{ readonly start: Buffer; readonly whole: AsyncIterable<Buffer> }> {
  const iterator = source[Symbol.asyncIterator]();
  const chunks: Buffer[] = [];
  let seen = 0;
  while (seen < length) {
    const next = await iterator.next();
    if (next.done === true) break;
    chunks.push(next.value);
    seen += next.value.length;
  }
  async function* whole(): AsyncGenerator<Buffer, void, void> {
    yield* chunks;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { start: Buffer.concat(chunks).subarray(0, length), whole: whole() };
}
