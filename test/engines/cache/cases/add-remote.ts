import { createHash } from 'node:crypto';
import type { CacheCase } from '../cache-case.ts';
import { fromPlain } from './from-plain.ts';

/** What the server of these cases answers to any path: the path. */
export function remoteBody(path: string): string {
  return `${path}\n`;
}

/**
 * ADD of a URL. What a server has is nothing that a model can know, so nothing here depends on whether that changed.
 *
 * @param origin a server that answers with `remoteBody`
 */
export function addRemote(origin: string): readonly CacheCase[] {
  const add = (options: string): string => fromPlain('COPY a /a', `ADD ${options} /got`, 'WORKDIR /end');
  const files = { a: '1' };
  const checksum = createHash('sha256').update(remoteBody('/one')).digest('hex');
  return [
    { name: 'add-remote-unchanged', before: { dockerfile: add(`${origin}/one`), files }, after: {} },
    {
      name: 'add-remote-other-file',
      before: { dockerfile: add(`${origin}/one`), files },
      after: { dockerfile: add(`${origin}/two`) },
    },
    {
      name: 'add-remote-earlier-step-changed',
      before: { dockerfile: add(`${origin}/one`), files },
      after: { files: { a: '2' } },
    },
    {
      name: 'add-remote-checksum',
      builders: ['buildkit', 'buildah'],
      before: { dockerfile: add(`--checksum=sha256:${checksum} ${origin}/one`), files },
      after: {},
    },
  ];
}
