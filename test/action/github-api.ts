import { startLoopbackServer } from '../engines/registry/loopback-server.ts';

/** A comment on a pull request, as GitHub keeps it. */
export interface Comment {
  readonly id: number;
  readonly user: { readonly login: string };
  body: string;
}

/** A stand-in for GitHub's API, on a loopback port. */
export interface GitHubApi {
  /** What the runner tells steps of it. */
  readonly env: Readonly<Record<string, string>>;
  readonly comments: Comment[];
  /** `METHOD path`, in order. */
  readonly requests: readonly string[];
  readonly tokens: ReadonlySet<string | undefined>;
  readonly stop: () => Promise<void>;
}

export interface ApiSettings {
  /** Whose comments the token writes. */
  readonly writer?: string;
  /** Null: GitHub has no GraphQL for this token. */
  readonly viewer?: string | null;
  /** What writing ends with, instead of success. */
  readonly refusal?: { readonly status: number; readonly message: string };
  readonly comments?: readonly Comment[];
}

/** Starts one with comments on pull request 7 of `acme/app`. */
export async function startGitHubApi(settings: ApiSettings = {}): Promise<GitHubApi> {
  const { writer = 'github-actions[bot]', viewer = writer, refusal } = settings;
  const comments: Comment[] = (settings.comments ?? []).map((comment) => ({ ...comment }));
  const requests: string[] = [];
  const tokens = new Set<string | undefined>();
  const answerTo = (method: string, url: URL, body: string): [status: number, answer: unknown] => {
    const path = url.pathname;
    if (method === 'POST' && path === '/graphql')
      return viewer === null ? [403, { message: 'no' }] : [200, { data: { viewer: { login: viewer } } }];
    if (method === 'GET' && path === '/repos/acme/app/issues/7/comments') {
      const [size, page] = ['per_page', 'page'].map((name) => Number(url.searchParams.get(name)));
      return [200, comments.slice(((page ?? 1) - 1) * (size ?? 0), (page ?? 1) * (size ?? 0))];
    }
    if (refusal !== undefined) return [refusal.status, { message: refusal.message }];
    const text = (JSON.parse(body) as { body: string }).body;
    if (method === 'POST' && path === '/repos/acme/app/issues/7/comments') {
      const comment = { id: comments.length + 1000, user: { login: writer }, body: text };
      comments.push(comment);
      return [201, comment];
    }
    const comment = comments.find(({ id }) => path === `/repos/acme/app/issues/comments/${id}`);
    if (method !== 'PATCH' || comment === undefined) return [404, { message: 'Not Found' }];
    comment.body = text;
    return [200, comment];
  };
  const server = await startLoopbackServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      requests.push(`${method} ${url}`);
      tokens.add(headers.authorization);
      const [status, answer] = answerTo(method, new URL(url, 'http://api'), Buffer.concat(chunks).toString());
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  return {
    env: {
      GITHUB_API_URL: server.origin,
      GITHUB_GRAPHQL_URL: `${server.origin}/graphql`,
      GITHUB_REPOSITORY: 'acme/app',
    },
    comments,
    requests,
    tokens,
    stop: server.stop,
  };
}
