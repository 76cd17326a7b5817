import type { ByteString } from '../text/byte-string.ts';
import { EntryType } from './entry-type.ts';
import type { TarEntry } from './tar/tar-entry.ts';

/**
 * Basenames of files that hold credentials if anything does. What shape their content has is asked once all layers are
 * read, and a layer that passes by passes once, so these few are kept.
 */
const names =
  /^(?:id_(?:rsa|dsa|ecdsa|ed25519)|ssh_host_[a-z0-9]+_key|.{1,64}\.(?:pem|key|p8|ppk)|\.env(?:\.[\w.-]{1,32})?|\.npmrc|\.yarnrc\.yml|pip\.conf|\.pypirc|\.netrc|_netrc|\.git-credentials|credentials(?:\.json|\.toml|\.xml)?|config\.json|\.dockercfg|settings\.xml|auth\.json|kubeconfig|.{0,64}service[-_]?account.{0,64}\.json|NuGet\.Config|\.htpasswd)$/i;

/** Larger files are no configuration, in bytes. */
export const keptFileLimit = 64 * 1024;

/** All that is kept of one layer, in bytes. */
const layerLimit = 4 * 1024 * 1024;

/** No name that matches is longer. */
const longestName = 160;

/** Whether a file of that basename is kept, if its size allows. */
export function isKeptName(name: ByteString): boolean {
  return name.length <= longestName && names.test(name);
}

/** Content by row of the layer's index. Plain data: a worker can send it. */
export type KeptContent = ReadonlyMap<number, Uint8Array>;

/** Chooses what is kept of a layer, file by file. */
export class KeptChoice {
  private total = 0;

  /** Whether the next regular file is kept. */
  takes(name: ByteString, size: number): boolean {
    if (size === 0 || size > keptFileLimit || this.total + size > layerLimit || !isKeptName(name)) return false;
    this.total += size;
    return true;
  }
}

/** Collects the content that is kept while a layer passes by. */
export class ContentKeeper {
  readonly kept = new Map<number, Uint8Array>();
  private readonly choice = new KeptChoice();
  private current: { readonly row: number; readonly bytes: Uint8Array; filled: number } | null = null;

  /** An entry starts. */
  begin(entry: TarEntry, row: number): void {
    this.current = null;
    if (entry.type !== EntryType.file || entry.sparse !== null) return;
    const name = entry.path.slice(entry.path.lastIndexOf('/') + 1);
    if (this.choice.takes(name, entry.size)) this.current = { row, bytes: new Uint8Array(entry.size), filled: 0 };
  }

  /** A piece of its content. */
  add(piece: Buffer): void {
    const { current } = this;
    if (current === null) return;
    current.bytes.set(piece, current.filled);
    current.filled += piece.length;
    if (current.filled === current.bytes.length) this.kept.set(current.row, current.bytes);
  }
}
