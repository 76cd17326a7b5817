import { expect, test } from 'vitest';
import { LogCapture } from '../../src/builds/log-capture.ts';

test('lines of two streams are kept apart and in the order in which they end, each with its time', () => {
  let now = 0;
  const capture = new LogCapture(() => now);
  const [out, err] = [capture.stream(), capture.stream()];
  const feed = (time: number, sink: (chunk: Buffer) => void, text: string | Buffer): void => {
    now = time;
    sink(Buffer.from(text));
  };
  const wide = Buffer.from('é');
  feed(1, out, 'Step 1/2 : ');
  feed(2, err, 'warning: \u001b[31mred\u001b[0m\nhalf');
  feed(3, out, Buffer.concat([Buffer.from('FROM '), wide.subarray(0, 1)]));
  feed(4, out, Buffer.concat([wide.subarray(1), Buffer.from('\nStep 2/2 : RUN a\n\n')]));
  feed(5, err, 'of it');
  feed(6, out, '');
  expect(capture.end()).toEqual([
    { text: 'warning: red', time: 2 },
    { text: 'Step 1/2 : FROM é', time: 4 },
    { text: 'Step 2/2 : RUN a', time: 4 },
    { text: '', time: 4 },
    { text: 'halfof it', time: 6 },
  ]);
});

test('no more is kept than there is room for', () => {
  const capture = new LogCapture(() => 0, 25);
  const sink = capture.stream();
  for (let line = 0; line < 1000; line++) sink(Buffer.from('0123456789\n'));
  expect(capture.end().map(({ text }) => text)).toEqual(['0123456789', '0123456789']);
});
