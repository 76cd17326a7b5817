/**
 * The first bytes of a stream, and the stream with them still in it.
 * @param check may refuse the stream, which is closed then: nobody else would, and the program would wait for its end
 */
export async function peekStart(
  source: AsyncIterable<Buffer>,
  length: number,
  check: (start: Buffer) => void,
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
  const start = Buffer.concat(chunks).subarray(0, length);
  try {
    check(start);
  } catch (error) {
    await iterator.return?.();
    throw error;
  }
  async function* whole(): AsyncGenerator<Buffer, void, void> {
    yield* chunks;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { start, whole: whole() };
}
