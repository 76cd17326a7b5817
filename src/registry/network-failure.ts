import { LayerscopeError, problem, reasonOf } from '../errors.ts';
import type { Limits } from './limits.ts';
import { PassingFailure } from './passing-failure.ts';
import { AnswerTimeout, ConnectTimeout, IdleTimeout } from './timeouts.ts';
import { ProxyRefusal } from './tunnel.ts';

/** OpenSSL's words for a certificate that does not hold, as Node hands them on, and its own for a wrong name. */
const certificateCodes =
  /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY|DECRYPT|DECODE)|^(?:INVALID_CA|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|ERR_TLS_CERT_ALTNAME_INVALID)$/;

export interface Circumstances {
  /** Whether the origin answered before: then a refused connection is a restart, else a typing error. */
  readonly known: boolean;
  /** What was gone through; null if nothing. */
  readonly proxy: URL | null;
  readonly limits: Limits;
}

/**
 * What it means that a request, or the body of its answer, failed below HTTP.
 * @returns what to throw
 */
export function networkFailure(error: unknown, { host }: URL, { known, proxy, limits }: Circumstances): Error {
  if (error instanceof LayerscopeError || error instanceof PassingFailure) return error;
  const { code, reason: itself } = describe(error);
  const reason = proxy === null ? itself : `${itself}, through the proxy ${proxy.host}`;
  const unreachable = problem('registry-unreachable', { host, reason }, error);
  if (error instanceof ProxyRefusal) return unreachable;
  if (error instanceof AnswerTimeout) return timeout(host, `no answer within ${seconds(limits.answer)}`, error);
  if (error instanceof IdleTimeout) return timeout(host, `nothing more came for ${seconds(limits.idle)}`, error);
  if (error instanceof ConnectTimeout || code === 'ETIMEDOUT')
    return timeout(host, `no connection within ${seconds(limits.connect)}`, error);
  // The other side ends the handshake, such as for the want of a certificate of the client's.
  if (code.includes('_ALERT_')) return unreachable;
  if (certificateCodes.test(code)) return problem('registry-certificate', { host, reason }, error);
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) return problem('registry-not-tls', { host, reason }, error);
  if (code.startsWith('HPE_')) return problem('registry-malformed', { host, reason }, error);
  switch (code) {
    case 'ECONNREFUSED':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return known ? new PassingFailure(unreachable) : unreachable;
    case 'ENOTFOUND':
    // Connections that were closed on purpose.
    case 'ABORT_ERR':
    // A header that cannot be sent.
    case 'ERR_INVALID_CHAR':
      return unreachable;
    default:
      return new PassingFailure(unreachable);
  }
}

function timeout(host: string, waited: string, error: unknown): PassingFailure {
  return new PassingFailure(problem('registry-timeout', { host, waited }, error));
}

function seconds(milliseconds: number): string {
  return `${milliseconds / 1000} seconds`;
}

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the name could not be looked up',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was dropped',
  EPIPE: 'the connection was dropped',
  HPE_HEADER_OVERFLOW: 'its headers are too long',
};

/** Of several attempts at one host's addresses, the first error tells. */
function describe(error: unknown): { code: string; reason: string } {
  const first: unknown = error instanceof AggregateError ? (error.errors as unknown[])[0] : error;
  if (!(first instanceof Error)) return { code: '', reason: String(first) };
  const code = 'code' in first && typeof first.code === 'string' ? first.code : '';
  // OpenSSL's messages are long and name its source files; it gives the words alone, too.
  const words = 'reason' in first && typeof first.reason === 'string' ? first.reason : reasonOf(first);
  return { code, reason: reasons[code] ?? words };
}
