import { expect, test } from 'vitest';
import { secretFile } from '../../src/rules/secret-file.ts';
import { secretIn } from '../../src/rules/secret-shapes.ts';
import { file, whiteout } from '../write-layer.ts';
import { check } from './check-rule.ts';

// Put together here so that no scanner takes this file for a leak.
const begin = '-----BEGIN';
const key = `${begin} OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjE\n-----END OPENSSH PRIVATE KEY-----\n`;
const token = 'abcdefghijklmnopqrstuvwxyz0123456789';

test.each([
  ['a private key', key],
  ['a private key', `{\n  "private_key": "${begin} PRIVATE KEY-----\\nMII"\n}`],
  ['a registry token', `//registry.example/:_authToken=${token}\n`],
  ['a password in a URL', `[global]\nindex-url = https://ci:${token}@pypi.example/simple\n`],
  ['a netrc password', `machine example login me password ${token}\n`],
  ['an access key', `[default]\naws_secret_access_key = ${token}${token}\n`],
  ['a registry login', `{"auths":{"r.example":{"auth":"${token}"}}}`],
  ['a secret in an environment file', `NODE_ENV=production\nSESSION_SECRET=${token}\n`],
  ['a server password', `<server><password>${token}</password></server>`],
])('sees %s', (what, content) => {
  expect(secretIn(Buffer.from(content))).toBe(what);
});

test.each([
  '//registry.example/:_authToken=${NPM_TOKEN}\n',
  'SESSION_SECRET=\nAPI_KEY=changeme\nTOKEN=<your token>\nDB_PASSWORD=$DB_PASSWORD\n',
  '-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n',
  '-----BEGIN PUBLIC KEY-----\nMII\n',
  'index-url = https://pypi.example/simple\n',
  'index-url = https://$USER:$PASSWORD@pypi.example/simple\n',
  'NODE_ENV=production\nTOKENIZER=fast\n',
])('does not take %j for one', (content) => {
  expect(secretIn(Buffer.from(content))).toBeNull();
});

test('reports the file and never the value, even if a later line deletes it', () => {
  const findings = check(
    secretFile,
    {
      run: 'COPY . /app',
      holds: { 'app/.npmrc': file(`//r.example/:_authToken=${token}\n`), 'app/id_rsa': file(key) },
    },
    { run: 'RUN rm', holds: { 'app/.wh..npmrc': whiteout } },
  );
  expect(findings.map(({ severity, path, message }) => ({ severity, path, message }))).toEqual([
    {
      severity: 'error',
      path: '/app/.npmrc',
      message:
        'step 0 puts a registry token into the image: /app/.npmrc. A later step removes it, but whoever has the image has it.',
    },
    { severity: 'error', path: '/app/id_rsa', message: 'step 0 puts a private key into the image: /app/id_rsa.' },
  ]);
  expect(JSON.stringify(findings)).not.toContain(token);
});

test('needs both the name and the shape', () => {
  const holds = { 'app/readme.txt': file(key), 'app/tls.pem': file('-----BEGIN CERTIFICATE-----\n') };
  expect(check(secretFile, { run: 'COPY . /app', holds })).toEqual([]);
});
