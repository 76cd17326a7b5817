import { describe, expect, test } from 'vitest';
import { type EngineAddress, parseEngineAddress } from '../../src/engine/engine-address.ts';
import { complaintOf } from './complaint.ts';

const from = 'DOCKER_HOST';
const parse = (text: string, tls = false): EngineAddress => parseEngineAddress(text, { from, tls });

describe('addresses', () => {
  test.each([
    ['unix:///run/user/1000/docker.sock', '/run/user/1000/docker.sock'],
    ['unix://', '/var/run/docker.sock'],
    ['npipe:////./pipe/docker_engine', String.raw`\\.\pipe\docker_engine`],
  ])('%s', (text, path) => {
    expect(parse(text)).toMatchObject({ by: 'socket', path, from });
  });

  test.each([
    ['tcp://', false, 'localhost', 2375, '', false],
    ['tcp://', true, 'localhost', 2376, '', true],
    ['tcp://build.example.org', true, 'build.example.org', 2376, '', true],
    ['tcp://10.0.0.7:4243/', false, '10.0.0.7', 4243, '', false],
    ['tcp://[::1]:4243/engines/a/', false, '::1', 4243, '/engines/a', false],
    ['localhost:4243', false, 'localhost', 4243, '', false],
    ['http://localhost:80', true, 'localhost', 80, '', false],
    ['https://localhost', false, 'localhost', 2376, '', true],
  ])('%s, with TLS: %s', (text, tls, host, port, prefix, spoken) => {
    expect(parse(text, tls)).toMatchObject({ by: 'tcp', host, port, prefix, tls: spoken, from });
  });

  test.each([
    ['ssh://build', null, 'build', null, null],
    ['ssh://me@build.example.org:2222', 'me', 'build.example.org', 2222, null],
    ['ssh://me@10.0.0.7/run/user/1000/docker.sock', 'me', '10.0.0.7', null, '/run/user/1000/docker.sock'],
    ['ssh://first.last@corp.example@[fe80::1%eth0]:22/', 'first.last@corp.example', 'fe80::1%eth0', 22, null],
  ])('%s', (text, user, host, port, path) => {
    expect(parse(text)).toMatchObject({ by: 'ssh', user, host, port, path, from });
  });

  test('are named in errors as they are', () => {
    const texts = ['unix:///a.sock', 'tcp://[::1]:4243/p', 'ssh://me@build:22/run/x.sock', 'npipe:////./pipe/x'];
    expect(texts.map((text) => parse(text).text)).toEqual(texts);
  });
});

describe('refused', () => {
  test.each([
    ['fd://3', 'fd:// is not known'],
    ['tcp://host:0', '0 is no port'],
    ['tcp://host:65536', '65536 is no port'],
    ['tcp://ho st', 'the host is no name and no IP address'],
    ['tcp://host/a b', 'the path holds more than plain characters'],
    ['ssh://', 'there is no host'],
    ['ssh://-oProxyCommand=touch', 'the host is no name and no IP address'],
    ['ssh://-l', 'the host is no name and no IP address'],
    ['ssh://$(id)', 'the host is no name and no IP address'],
    ['ssh://-x@host', 'the user holds more than plain characters'],
    ['ssh://a`id`@host', 'the user holds more than plain characters'],
    ['ssh://host/run/$(id)', 'the path holds more than plain characters'],
    ['ssh://host/run/a;b', 'the path holds more than plain characters'],
  ])('%s', async (text, reason) => {
    const { code, message } = await complaintOf((async () => parse(text))());
    expect(code).toBe('engine-address');
    expect(message).toMatch(`DOCKER_HOST: not an address of an engine: ${reason}. Such are unix:///`);
  });

  test.each(['tcp', 'ssh', 'https'])('a password with %s, which is not repeated', async (scheme) => {
    const { message } = await complaintOf((async () => parse(`${scheme}://me:secret@host`))());
    expect(message).toMatch('a password cannot stand in an address');
    expect(message).not.toMatch('secret');
  });
});
