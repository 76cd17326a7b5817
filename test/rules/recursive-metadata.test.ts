import { expect, test } from 'vitest';
import { recursiveMetadata } from '../../src/rules/recursive-metadata.ts';
import { file, otherFile } from '../write-layer.ts';
import { check } from './check-rule.ts';

test('offers the owner that all files got', () => {
  const [finding, ...more] = check(
    recursiveMetadata,
    { run: 'COPY app/ /app/', holds: { 'app/a': file(5000), 'app/b': otherFile(3000) } },
    {
      run: 'RUN chown -R 990:991 /app',
      holds: { 'app/a': file(5000, { uid: 990, gid: 991 }), 'app/b': otherFile(3000, { uid: 990, gid: 991 }) },
    },
  );
  expect(more).toEqual([]);
  expect(finding).toMatchObject({ layer: 1, path: '/app', bytes: 8000, fix: 'COPY --chown=990:991 …' });
  expect(finding?.message).toBe('step 1 changes only the owner of 2 files from step 0, and stores 8.0 kB again.');
  expect(finding?.help).toContain('COPY --chown=990:991 at step 0');
});

test('offers no owner where files got different ones', () => {
  const [finding] = check(
    recursiveMetadata,
    { run: 'COPY app/ /app/', holds: { 'app/a': file(5000), 'app/b': otherFile(3000) } },
    { run: 'RUN chown', holds: { 'app/a': file(5000, { uid: 1 }), 'app/b': otherFile(3000, { uid: 2 }) } },
  );
  expect(finding).toMatchObject({ fix: null, bytes: 8000 });
});

test('tells mode and time apart, and what a RUN made from what was copied', () => {
  const [finding] = check(
    recursiveMetadata,
    { run: 'RUN make', holds: { a: file(5000, { mode: 0o644, mtime: 1 }) } },
    { run: 'RUN chmod', holds: { a: file(5000, { mode: 0o755, mtime: 2 }) } },
  );
  expect(finding?.message).toContain('only the mode and time of 1 file');
  expect(finding).toMatchObject({ fix: null });
  expect(finding?.help).toContain('in the same RUN as step 0');
});

test('leaves changed content alone', () => {
  expect(
    check(
      recursiveMetadata,
      { run: 'RUN a', holds: { a: file(5000) } },
      { run: 'RUN b', holds: { a: otherFile(5000, { uid: 1 }) } },
    ),
  ).toEqual([]);
});
