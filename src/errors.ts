import { sanitize } from './text/sanitize.ts';

/**
 * Every failure a user can meet, one line each: the thing, the place, what to do. Details may come from a hostile
 * image; the finished line is sanitised as a whole.
 */
const messages = {
  usage: (d: { message: string }) => d.message,
  'not-found': (d: { path: string }) =>
    `${d.path}: no such file or directory. Give a path to an image archive or OCI layout, or - for standard input.`,
  'not-readable': (d: { path: string; reason: string }) => `${d.path}: cannot be read (${d.reason}).`,
  'invalid-image-name': (d: { name: string }) =>
    `registry:${d.name}: not the name of an image; expected something like registry:ghcr.io/acme/app:1.2.`,
  'found-nowhere': (d: { name: string; reasons: readonly string[] }) => `${d.name}: not found. ${d.reasons.join(' ')}`,
  artifact: (d: { path: string; mediaType: string }) =>
    `${d.path}: is no container image but something else that registries keep (${d.mediaType}).`,
  'not-an-image': (d: { path: string; found: string }) =>
    `${d.path}: not a container image (${d.found}). Looked for manifest.json (docker save) or oci-layout with index.json (OCI).`,
  'empty-input': (d: { path: string }) => `${d.path}: is empty. Check that the command that writes it succeeded.`,
  'unsupported-compression': (d: { path: string; format: string }) =>
    `${d.path}: is compressed with ${d.format}. Only gzip and zstd occur in images; decompress it first.`,
  'several-images': (d: { path: string; choices: readonly string[] }) =>
    `${d.path}: holds ${d.choices.length} images; choose one with ${selectable(d.path)}#TAG or ${selectable(d.path)}#NUMBER: ${list(d.choices)}`,
  'no-such-image': (d: { path: string; wanted: string; choices: readonly string[] }) =>
    `${d.path}: has no image ${d.wanted}. It holds: ${list(d.choices)}`,
  'no-such-platform': (d: { path: string; wanted: string; choices: readonly string[] }) =>
    `${d.path}: has no image for platform ${d.wanted}. It has: ${list(d.choices)}`,
  'several-platforms': (d: { path: string; choices: readonly string[] }) =>
    `${d.path}: has several platforms and none is this machine's alone; choose one with --platform: ${list(d.choices)}`,
  'invalid-platform': (d: { value: string }) =>
    `--platform ${d.value}: expected os/architecture or os/architecture/variant, such as linux/arm64.`,
  'invalid-json': (d: { path: string; reason: string }) => `${d.path}: is not what it claims to be: ${d.reason}`,
  'invalid-report': (d: { path: string; reason: string }) =>
    `${d.path}: no report to compare with: ${d.reason}. Expected is what layerscope analyze IMAGE --report json=FILE writes.`,
  'no-dockerfile': (d: { path: string }) =>
    `${d.path}: has no Dockerfile. Name it with --dockerfile, or give the directory of the build context.`,
  'invalid-dockerfile': (d: { path: string; reason: string }) => `${d.path}: ${d.reason}.`,
  'invalid-config': (d: { path: string; line: number | null; reason: string }) =>
    `${d.path}:${d.line === null ? '' : `${d.line}:`} ${d.reason}${d.reason.endsWith('?') ? '' : '.'}`,
  'missing-blob': (d: { path: string; name: string; role: string }) =>
    `${d.path}: the ${d.role} ${d.name} is not in it. The archive is incomplete; save the image again.`,
  'metadata-too-large': (d: { path: string; size: number; limit: number }) =>
    `${d.path}: has ${d.size} bytes, more than the ${d.limit} that image metadata may have.`,
  'wrong-digest': (d: { path: string; expected: string; actual: string }) =>
    `${d.path}: content does not match its digest (expected ${d.expected}, is ${d.actual}). It was damaged or altered; fetch it again.`,
  'unverifiable-digest': (d: { path: string; digest: string }) =>
    `${d.path}: its digest ${d.digest.slice(0, 24)}… cannot be verified, only sha256 can. Run without --verify.`,
  'wrong-size': (d: { path: string; expected: number; actual: number }) =>
    `${d.path}: has ${d.actual} bytes where its descriptor says ${d.expected}. It was damaged or altered; fetch it again.`,
  'corrupt-tar': (d: { path: string; offset: number; reason: string }) =>
    `${d.path}: corrupt tar at byte ${d.offset}: ${d.reason}.`,
  truncated: (d: { path: string; offset: number }) =>
    `${d.path}: ends in the middle of an entry at byte ${d.offset}. The file is truncated; copy or save it again.`,
  'corrupt-compression': (d: { path: string; format: string; reason: string }) =>
    `${d.path}: the ${d.format} stream is damaged or truncated (${d.reason}).`,
  'too-many-entries': (d: { path: string; limit: number }) => `${d.path}: has more than ${d.limit} entries; refused.`,
  'too-much-detail': (d: { path: string; limit: number }) =>
    `${d.path}: holds more than ${d.limit} bytes of names and attributes; refused.`,
  'too-many-images': (d: { path: string; limit: number }) => `${d.path}: lists more than ${d.limit} images; refused.`,
  'too-many-layers': (d: { path: string; count: number; limit: number }) =>
    `${d.path}: has ${d.count} layers, more than the ${d.limit} that any system could mount.`,
  'too-much-metadata': (d: { path: string; limit: number }) =>
    `${d.path}: holds more than ${d.limit} bytes of JSON; refused, an image has a few kilobytes.`,
  'no-such-path': (d: { path: string; where: string }) => `${d.path}: no such file in ${d.where}.`,
  'not-a-file': (d: { path: string; type: string }) => `${d.path}: is a ${d.type}, not a regular file.`,
  'path-loop': (d: { path: string }) => `${d.path}: too many levels of symbolic links.`,
  'no-such-layer': (d: { wanted: number; count: number }) =>
    `--layer ${d.wanted}: the image has ${d.count === 0 ? 'no layers' : d.count === 1 ? 'one layer, 0' : `layers 0 to ${d.count - 1}`}.`,
  'content-unavailable': (d: { path: string; reason: string }) =>
    `${d.path}: its content is not available: ${d.reason}.`,
  'input-too-large': (d: { limit: number }) =>
    `Standard input: more than ${d.limit} bytes would have to be kept on disk for this command. Save it to a file first.`,
  'target-exists': (d: { path: string }) =>
    `${d.path}: exists already. Extract into another directory, or remove it first.`,
  'target-unsafe': (d: { path: string }) =>
    `${d.path}: is a symbolic link or no directory; nothing is written through it.`,
  'target-failed': (d: { path: string; reason: string }) => `${d.path}: cannot be written (${d.reason}).`,
  'file-exists': (d: { path: string }) => `${d.path}: exists already and is not overwritten. Choose another name.`,
  'report-format': (d: { path: string; endings: string }) =>
    `${d.path}: not a name for a report; its format is told by the ending: ${d.endings}.`,
  'too-large-to-copy': (d: { path: string; size: number; limit: number }) =>
    `${d.path}: has ${d.size} bytes, more than the ${d.limit} that go to a clipboard. Extract it instead.`,
  'not-text': (d: { path: string }) =>
    `${d.path}: is no text, which is all that goes to a clipboard. Extract it instead.`,
  'toc-missing': (d: { path: string; reason: string }) =>
    `${d.path}: should have a table of contents and has none: ${d.reason}.`,
  'toc-damaged': (d: { path: string; reason: string }) =>
    `${d.path}: its table of contents cannot be used: ${d.reason}.`,
  'toc-unverified': (d: { path: string; expected: string; actual: string }) =>
    `${d.path}: its table of contents does not match its digest (expected ${d.expected}, is ${d.actual}).`,
  'no-engine': (d: { kind: string; tried: readonly string[]; start: string; setting: string }) =>
    `No ${d.kind} answers: nothing listens at ${list(d.tried)}. Start it (${d.start}), or say where it is with ${d.setting}.`,
  'engine-unreachable': (d: { address: string; from: string | null; reason: string }) =>
    `${d.address}: no engine answers there (${d.reason}). Is it running${d.from === null ? '' : `, and is ${d.from} right`}?`,
  'engine-permission': (d: { address: string; advice: string }) => `${d.address}: permission denied. ${d.advice}.`,
  'engine-timeout': (d: { address: string; seconds: number }) =>
    `${d.address}: nothing came from the engine for ${d.seconds} seconds; given up.`,
  'engine-tls': (d: { address: string; reason: string; folder: string }) =>
    `${d.address}: TLS failed (${d.reason}). Its ca.pem, cert.pem and key.pem belong in ${d.folder}.`,
  'engine-ssh': (d: { address: string; reason: string; check: string }) =>
    `${d.address}: ssh failed (${d.reason}). Try: ${d.check}`,
  'engine-address': (d: { from: string; reason: string }) =>
    `${d.from}: not an address of an engine: ${d.reason}. Such are unix:///var/run/docker.sock, tcp://host:2376 and ssh://user@host.`,
  'no-engine-context': (d: { name: string; file: string }) =>
    `docker context ${d.name}: does not exist (no ${d.file}). See docker context ls.`,
  'not-an-engine': (d: { address: string; found: string }) =>
    `${d.address}: what answers there is not the engine asked for (${d.found}).`,
  'no-engine-image': (d: { address: string; name: string; kind: string }) =>
    `${d.address}: has no image ${d.name}. See ${d.kind} images, or fetch it: ${d.kind} pull ${d.name}`,
  'engine-refused': (d: { address: string; name: string; said: string }) =>
    `${d.address}: the engine does not give ${d.name}: ${d.said}.`,
  'engine-broke-off': (d: { address: string; name: string; received: number; reason: string }) =>
    `${d.address}: the export of ${d.name} broke off after ${d.received} bytes (${d.reason}). See the engine's log.`,
  'image-not-found': (d: { image: string; host: string; said: string }) =>
    `${d.image}: not found on ${d.host}${d.said}. Check the name and the tag.`,
  'login-needed': (d: { image: string; host: string; registry: string; said: string }) =>
    `${d.image}: ${d.host} gives it to nobody without a login, or it is not there${d.said}. Run docker login ${d.registry}, or give --username and --password-stdin.`,
  'login-refused': (d: { image: string; host: string; registry: string; from: string; said: string }) =>
    `${d.image}: ${d.host} refuses the login from ${d.from}, or it is not there${d.said}. Run docker login ${d.registry} again, or check the name.`,
  'access-denied': (d: { image: string; host: string; said: string }) =>
    `${d.image}: ${d.host} denies access${d.said}. Ask who runs it for permission, or log in as somebody else.`,
  'rate-limited': (d: { image: string; host: string; said: string; seconds: number | null }) =>
    `${d.image}: ${d.host} has been asked too often${d.said}. Try again ${d.seconds === null ? 'later' : `in ${d.seconds} seconds`}; who is logged in may often ask more.`,
  'registry-unreachable': (d: { host: string; reason: string }) => `${d.host}: cannot be reached (${d.reason}).`,
  'registry-certificate': (d: { host: string; reason: string }) =>
    `${d.host}: its certificate is not trusted (${d.reason}). Give the authority behind it with --tls-ca FILE.`,
  'registry-not-tls': (d: { host: string; reason: string }) =>
    `${d.host}: does not speak HTTPS (${d.reason}). If it is known to speak plain HTTP only, add --insecure.`,
  'registry-timeout': (d: { host: string; waited: string }) => `${d.host}: ${d.waited}; given up. Try again later.`,
  'registry-failed': (d: { image: string; host: string; status: number; said: string }) =>
    `${d.image}: ${d.host} answers with status ${d.status}${d.said}. Try again later.`,
  'registry-malformed': (d: { host: string; reason: string }) =>
    `${d.host}: does not answer as a registry does: ${d.reason}.`,
  'plain-text-login': (d: { host: string; realm: string }) =>
    `${d.host}: wants tokens to be asked for at ${d.realm}, in plain text. Nothing was sent there; --insecure allows it.`,
  'unsupported-manifest': (d: { image: string; mediaType: string }) =>
    `${d.image}: its manifest is of the type ${d.mediaType}, which nothing pushes any more and nothing pulls. Push the image again.`,
  'credentials-unreadable': (d: { path: string; reason: string }) =>
    `${d.path}: no credentials could be read from it: ${d.reason}.`,
  'credential-helper': (d: { helper: string; path: string; reason: string }) =>
    `${d.helper}: gives no credentials (${d.reason}). ${d.path} names it; repair it, or give --username and --password-stdin.`,
  'no-ranges': (d: { image: string; host: string }) => `${d.image}: ${d.host} does not give parts of a blob.`,
  'invalid-authority': (d: { path: string }) => `${d.path}: holds no certificate in PEM form.`,
  'no-context': (d: { path: string }) =>
    `${d.path}: is no directory. A build context is the directory that the builder is given.`,
  'context-too-large': (d: { path: string; limit: number }) =>
    `${d.path}: the build context has more than ${d.limit} entries. Leave out what the build does not need with a .dockerignore.`,
  'ignore-file-too-large': (d: { path: string; limit: number }) =>
    `${d.path}: has more than ${d.limit} bytes, which no ignore file has.`,
  'git-missing': () => 'git: there is no such program on the PATH, and only it knows what a commit changed.',
  'not-a-repository': (d: { path: string }) =>
    `${d.path}: is in no git repository, so nobody knows what was changed there.`,
  'git-unsafe': (d: { path: string }) =>
    `${d.path}: git refuses a repository that belongs to somebody else. If you trust it: git config --global --add safe.directory ${d.path}`,
  'no-work-tree': (d: { path: string }) =>
    `${d.path}: is a repository without a work tree, so there is nothing to compare a revision with.`,
  'unknown-revision': (d: { path: string; revision: string }) =>
    `${d.revision}: no commit by that name in ${d.path}. A shallow clone has few; git fetch --unshallow gets the rest.`,
  'git-failed': (d: { path: string; command: string; said: string }) => `git ${d.command} in ${d.path}: ${d.said}.`,
  'history-too-large': (d: { path: string; limit: number }) =>
    `${d.path}: the commits change more than ${d.limit} paths. Look at fewer of them.`,
  'not-a-build-log': (d: { path: string }) =>
    `${d.path}: no log of a build. Expected is what docker build --progress=plain or --progress=rawjson prints, or docker, podman or buildah without BuildKit.`,
  'builder-failed-to-start': (d: { program: string; reason: string }) =>
    `${d.program}: cannot be run (${d.reason}). Choose another builder with --with docker, buildx, podman or buildah.`,
  'image-not-saved': (d: { program: string; image: string; said: string }) =>
    `${d.image}: was built, but ${d.program} does not give it: ${d.said}.`,
  'output-failed': (d: { reason: string }) => `Standard output: cannot be written (${d.reason}).`,
  internal: (d: { reason: string }) =>
    `Internal error: ${d.reason}. Please report it, with LAYERSCOPE_DEBUG=1 set for the trace.`,
} as const;

export type ErrorCode = keyof typeof messages;
type Details<Code extends ErrorCode> = Parameters<(typeof messages)[Code]>[0];

/** A failure with a line for people. Ends the command with exit status 2. */
export class LayerscopeError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'LayerscopeError';
    this.code = code;
  }
}

/** Builds the error of a code. @param cause the lower-level failure, for LAYERSCOPE_DEBUG */
export function problem<Code extends ErrorCode>(code: Code, details: Details<Code>, cause?: unknown): LayerscopeError {
  // The table's entry and its details have the same key; TypeScript cannot see that through the union.
  const render = messages[code] as (details: Details<Code>) => string;
  return new LayerscopeError(code, sanitize(cut(render(details))), cause);
}

/** Names of a megabyte occur, but in attacks; what to do stands at the end of a line, so the middle goes. */
const longestLine = 2000;

function cut(line: string): string {
  if (line.length <= longestLine) return line;
  return `${line.slice(0, longestLine / 2)}…${line.slice(-longestLine / 2)}`;
}

const listed = 20;

function list(choices: readonly string[]): string {
  const more = choices.length > listed ? ` and ${choices.length - listed} more` : '';
  return choices.slice(0, listed).join(', ') + more;
}

/** How standard input is written on the command line. */
function selectable(path: string): string {
  return path === 'standard input' ? '-' : path;
}

/** What a lower-level failure says of itself, in one line. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n', 1)[0] ?? error.name) : String(error);
}
