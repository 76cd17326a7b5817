/** The footer of eStargz, an empty gzip member (estargz.md, "Footer"), in bytes. */
export const footerBytes = 51;

/** That of stargz, which came before: its Extra field has no subfield. */
const legacyFooterBytes = 47;

/** What a footer says. */
export interface Footer {
  /** Where the table of contents starts in the blob, in bytes. */
  readonly tocOffset: number;
  /** Of the footer itself. */
  readonly bytes: number;
}

/** Reads the footer at the end of a blob. @param tail its last `footerBytes` bytes @returns null if there is none */
export function parseFooter(tail: Buffer): Footer | null {
  return parseMember(tail, 'SG\u0016\0') ?? parseMember(tail.subarray(footerBytes - legacyFooterBytes), '');
}

/** A gzip header (RFC 1952, 2.3) whose Extra field is this subfield header and the offset. */
function parseMember(member: Buffer, subfield: string): Footer | null {
  const extra = member.toString('latin1', 12, 12 + member.readUInt16LE(10));
  const isGzipWithExtra = member.readUInt16LE(0) === 0x8b1f && member[2] === 8 && member[3] === 4;
  if (!isGzipWithExtra || !extra.startsWith(subfield)) return null;
  const [, digits] = /^([0-9a-f]{16})STARGZ$/.exec(extra.slice(subfield.length)) ?? [];
  const tocOffset = Number.parseInt(digits ?? '', 16);
  return Number.isSafeInteger(tocOffset) ? { tocOffset, bytes: member.length } : null;
}
