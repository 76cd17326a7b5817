import { expect, test } from 'vitest';
import { complaintIn } from '../../src/registry/complaint.ts';

test.each([
  [
    '{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown","detail":{}}]}',
    ' (MANIFEST_UNKNOWN: manifest unknown)',
  ],
  ['{"errors":[{"code":"DENIED"}]}', ' (DENIED)'],
  ['{"errors":[{"message":"no"}]}', ' (no)'],
  ['{"errors":[{"code":"A","message":"a"},{"code":"B"}]}', ' (A: a)'],
  ['{"error":"invalid_grant","error_description":"expired"}', ' (invalid_grant: expired)'],
  ['{"details":"incorrect username or password"}', ' (incorrect username or password)'],
  ['{"message":"rate limit"}', ' (rate limit)'],
  ['{"errors":"x","message":"y"}', ' (y)'],
  ['{"errors":[]}', ''],
  ['{}', ''],
  ['[]', ''],
  ['null', ''],
  ['<html>', ''],
  ['', ''],
  [`{"message":"${'x'.repeat(5000)}"}`, ` (${'x'.repeat(200)}…)`],
])('%s', (body, said) => {
  expect(complaintIn(Buffer.from(body))).toBe(said);
});
