import { describe, expect, test } from 'vitest';
import { formatImageName, parseImageName } from '../../src/image/image-name.ts';

const digest = `sha256:${'a'.repeat(64)}`;

describe('names of images', () => {
  test.each([
    ['alpine', 'docker.io/library/alpine:latest'],
    ['alpine:3.20', 'docker.io/library/alpine:3.20'],
    ['acme/app', 'docker.io/acme/app:latest'],
    ['acme/team/app:1', 'docker.io/acme/team/app:1'],
    ['docker.io/alpine', 'docker.io/library/alpine:latest'],
    ['index.docker.io/library/alpine:3', 'docker.io/library/alpine:3'],
    ['ghcr.io/acme/app:1.2', 'ghcr.io/acme/app:1.2'],
    ['ghcr.io/app', 'ghcr.io/app:latest'],
    ['localhost/app', 'localhost/app:latest'],
    ['localhost:5000/app:dev', 'localhost:5000/app:dev'],
    ['127.0.0.1:5000/a/b', '127.0.0.1:5000/a/b:latest'],
    ['[::1]:5000/app', '[::1]:5000/app:latest'],
    ['Registry/app', 'Registry/app:latest'],
    [`alpine@${digest}`, `docker.io/library/alpine@${digest}`],
    [`alpine:3@${digest}`, `docker.io/library/alpine:3@${digest}`],
    ['a/b__c--d.e_f', 'docker.io/a/b__c--d.e_f:latest'],
  ])('%s is %s', (text, full) => {
    const name = parseImageName(text);
    expect(name === null ? null : formatImageName(name)).toBe(full);
    expect(parseImageName(full)).toEqual(name);
  });

  test.each([
    '',
    'App',
    'acme/App',
    'app:',
    'app:-1',
    `app:${'x'.repeat(129)}`,
    'app@sha256:12',
    'app@',
    'a//b',
    '/app',
    './app',
    '../app',
    'app/',
    'a..b',
    'app tar',
    'ghcr.io/',
    'host:123456/app',
    'user@host/app',
    'http://host/app',
    `a/${'b'.repeat(260)}`,
    'app\u001b[31m',
  ])('%j is none', (text) => {
    expect(parseImageName(text)).toBeNull();
  });
});
