import { readFile, stat } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { LayerscopeError, problem, reasonOf } from '../errors.ts';
import type { ImageName } from '../image/image-name.ts';
import { type AuthFile, authFileSchema, credentialsIn, helperFor, serverOf } from './auth-file.ts';
import { askHelper } from './credential-helper.ts';
import type { FoundCredentials } from './credentials.ts';

/** Docker's own has a few hundred bytes, with a hundred registries some ten thousand. */
const fileLimit = 1024 * 1024;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Looks for the credentials of an image where Docker and podman keep them; the first that are found count. A file that is
 * not there is passed over.
 */
export async function findCredentials(name: ImageName, env: Environment): Promise<FoundCredentials> {
  let failure: LayerscopeError | null = null;
  for (const path of authFiles(env)) {
    try {
      const credentials = await searchFile(path, name, env);
      if (credentials !== null) return { credentials, failure: null };
    } catch (error) {
      failure ??=
        error instanceof LayerscopeError
          ? error
          : problem('credentials-unreadable', { path, reason: reasonOf(error) }, error);
    }
  }
  return { credentials: null, failure };
}

/** Where credentials are looked for, in this order. */
function authFiles(env: Environment): string[] {
  const set = (variable: string): string | null => env[variable] || null;
  const home = set('HOME') ?? homedir();
  const configHome = set('XDG_CONFIG_HOME') ?? join(home, '.config');
  const runtime = set('XDG_RUNTIME_DIR');
  const perUser = runtime === null ? userRunFolder() : join(runtime, 'containers');
  const explicit = set('REGISTRY_AUTH_FILE');
  return [
    ...(explicit === null ? [] : [explicit]),
    join(set('DOCKER_CONFIG') ?? join(home, '.docker'), 'config.json'),
    ...(perUser === null ? [] : [join(perUser, 'auth.json')]),
    join(configHome, 'containers', 'auth.json'),
  ];
}

/** What podman uses where the session has no runtime directory; null for a user without a name, as containers have. */
function userRunFolder(): string | null {
  try {
    return join('/run/containers', String(userInfo().uid));
  } catch {
    return null;
  }
}

async function searchFile(path: string, name: ImageName, env: Environment): Promise<FoundCredentials['credentials']> {
  const file = await readAuthFile(path);
  if (file === null) return null;
  const helper = helperFor(file, name);
  if (helper === null) return credentialsIn(file, name, path);
  try {
    return (await askHelper(helper, serverOf(name), env)) ?? credentialsIn(file, name, path);
  } catch (error) {
    const reason = reasonOf(error);
    throw problem('credential-helper', { helper: `docker-credential-${helper}`, path, reason }, error);
  }
}

/** Neither a parser's message nor a checker's is repeated: both may quote what stands there, which is secret. */
async function readAuthFile(path: string): Promise<AuthFile | null> {
  const text = await readText(path);
  if (text === null) return null;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw problem('credentials-unreadable', { path, reason: 'it is not JSON' });
  }
  const result = v.safeParse(authFileSchema, json, { abortEarly: true });
  if (result.success) return result.output;
  const field = v.getDotPath(result.issues[0]);
  throw problem('credentials-unreadable', { path, reason: `${field ?? 'the whole'} is not what it should be` });
}

async function readText(path: string): Promise<string | null> {
  try {
    const stats = await stat(path);
    // Some name /dev/null to say that there are none, and a pipe would keep the command waiting.
    if (!stats.isFile()) return null;
    const { size } = stats;
    if (size > fileLimit) throw problem('metadata-too-large', { path, size, limit: fileLimit });
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error instanceof LayerscopeError ? error : problem('not-readable', { path, reason: code ?? reasonOf(error) });
  }
}
