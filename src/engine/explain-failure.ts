import { LayerscopeError, problem } from '../errors.ts';
import { advice } from './advice.ts';
import type { Connection } from './connection.ts';

/** Failures of the network, whatever is spoken over it. */
const networkFailures = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ETIMEDOUT',
]);

/** What a failure to reach an engine means to the user. */
export function explainFailure({ kind, address, by, from, tlsFolder }: Connection, error: unknown): LayerscopeError {
  if (error instanceof LayerscopeError) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (by === 'socket' && (code === 'EACCES' || code === 'EPERM'))
    return problem('engine-permission', { address, advice: advice[kind].permission }, error);
  if (code.startsWith('HPE_')) return problem('not-an-engine', { address, found: 'no HTTP' }, error);
  // Where all addresses of a name fail, their common error has no message.
  const reason = message.split('\n', 1)[0] || code;
  if (tlsFolder !== null && !networkFailures.has(code))
    return problem('engine-tls', { address, reason, folder: tlsFolder }, error);
  return problem('engine-unreachable', { address, from, reason }, error);
}
