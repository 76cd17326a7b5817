import type { Pull, PullAmount } from '../../comparison/comparison.ts';
import { formatBytes } from '../../text/bytes.ts';
import { plural } from '../../text/plural.ts';

const stores = [
  ['podman', 'podman'],
  ['containerd', 'containerd'],
  ['docker', "Docker's own store"],
] as const;

/** What a host that has the old image fetches, in a sentence: apart for those that fetch differently. */
export function pullSentence(pull: Pull): string {
  const byAmount = new Map<string, string[]>();
  for (const [key, name] of stores) {
    const amount = amountOf(pull[key]);
    byAmount.set(amount, [...(byAmount.get(amount) ?? []), name]);
  }
  const parts = [...byAmount].map(([amount, names]) =>
    byAmount.size === 1 ? amount : `${amount} with ${names.join(' or ')}`,
  );
  return `a host that has the old image fetches ${parts.join('; ')}`;
}

function amountOf({ layers, compressedBytes, tarBytes }: PullAmount): string {
  if (layers === 0) return 'nothing';
  const bytes =
    compressedBytes !== null
      ? `, ${formatBytes(compressedBytes)} compressed`
      : tarBytes !== null
        ? `, ${formatBytes(tarBytes)} before compression`
        : '';
  return `${plural(layers, 'layer')}${bytes}`;
}
