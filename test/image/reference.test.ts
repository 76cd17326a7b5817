import { describe, expect, test } from 'vitest';
import { parseImageName } from '../../src/image/image-name.ts';
import { parseReference } from '../../src/image/reference.ts';

describe('parseReference', () => {
  test.each([
    ['image.tar', null, 'image.tar'],
    ['image.tar.gz', null, 'image.tar.gz'],
    ['docker-archive:image.tar', 'docker-archive', 'image.tar'],
    ['docker-archive:app', 'docker-archive', 'app'],
    ['oci-archive:/a/b.tar#latest', 'oci-archive', '/a/b.tar#latest'],
    ['oci:dir:tag', 'oci', 'dir:tag'],
    ['C:\\images\\a.tar', null, 'C:\\images\\a.tar'],
    ['./docker:x', null, './docker:x'],
    ['../app', null, '../app'],
    ['App', null, 'App'],
  ])('%s is a path', (text, kind, path) => {
    expect(parseReference(text)).toEqual({ from: 'path', kind, path, name: null, text });
  });

  test.each([
    ['app', 'docker.io/library/app:latest'],
    ['app:dev', 'docker.io/library/app:dev'],
    ['ghcr.io/acme/app', 'ghcr.io/acme/app:latest'],
    // Of an engine, which takes it for an ID; a registry never has it.
    ['0123456789ab', 'docker.io/library/0123456789ab:latest'],
  ])('%s is a path, or else a name', (text, full) => {
    const name = parseImageName(full);
    expect(name).not.toBeNull();
    expect(parseReference(text)).toEqual({ from: 'path', kind: null, path: text, name, text });
  });

  test('prefixes name an engine or a registry', () => {
    expect(parseReference('docker:app:dev')).toEqual({
      from: 'engine',
      kind: 'docker',
      name: 'app:dev',
      text: 'docker:app:dev',
    });
    expect(parseReference('podman:0123')).toEqual({
      from: 'engine',
      kind: 'podman',
      name: '0123',
      text: 'podman:0123',
    });
    expect(parseReference('registry:alpine')).toEqual({
      from: 'registry',
      name: parseImageName('alpine'),
      text: 'registry:alpine',
    });
  });

  test.each([
    ['-', null],
    ['docker-archive:-', 'docker-archive'],
    ['oci-archive:-', 'oci-archive'],
  ])('%s is standard input', (text, kind) => {
    expect(parseReference(text)).toEqual({ from: 'stdin', kind, text });
  });

  test.each(['registry:App', 'registry:a b', 'registry:./x'])('%s is no name', (text) => {
    expect(() => parseReference(text)).toThrow(expect.objectContaining({ code: 'invalid-image-name' }));
  });

  test.each(['registry:', 'docker:', 'podman:', 'docker:--help'])('%s lacks a name', (text) => {
    expect(() => parseReference(text)).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  test.each(['', 'oci:', 'docker-archive:'])('%j lacks a path', (text) => {
    expect(() => parseReference(text)).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});
