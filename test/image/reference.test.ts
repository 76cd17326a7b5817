import { describe, expect, test } from 'vitest';
import { parseReference } from '../../src/image/reference.ts';

describe('parseReference', () => {
  test.each([
    ['image.tar', null, 'image.tar'],
    ['docker-archive:image.tar', 'docker-archive', 'image.tar'],
    ['oci-archive:/a/b.tar#latest', 'oci-archive', '/a/b.tar#latest'],
    ['oci:dir:tag', 'oci', 'dir:tag'],
    ['C:\\images\\a.tar', null, 'C:\\images\\a.tar'],
    ['./docker:x', null, './docker:x'],
    ['unknown:x', null, 'unknown:x'],
  ])('%s is a path', (text, kind, path) => {
    expect(parseReference(text)).toEqual({ from: 'path', kind, path, text });
  });

  test.each([
    ['-', null],
    ['docker-archive:-', 'docker-archive'],
    ['oci-archive:-', 'oci-archive'],
  ])('%s is standard input', (text, kind) => {
    expect(parseReference(text)).toEqual({ from: 'stdin', kind, text });
  });

  test.each(['registry:alpine', 'docker:alpine', 'podman:alpine'])('%s is not read by this version', (text) => {
    expect(() => parseReference(text)).toThrow(expect.objectContaining({ code: 'unsupported-source' }));
  });

  test.each(['', 'oci:', 'docker-archive:'])('%j lacks a path', (text) => {
    expect(() => parseReference(text)).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
