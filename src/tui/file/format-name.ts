/** Formats whose names people would not guess from `EXT kind`, by usual extension. */
const names: Readonly<Record<string, string>> = {
  jpg: 'JPEG image',
  tif: 'TIFF image',
  ico: 'icon',
  elf: 'ELF executable',
  exe: 'Windows executable',
  macho: 'Mach-O executable',
  class: 'Java class',
  jar: 'Java archive',
  wasm: 'WebAssembly module',
  sqlite: 'SQLite database',
  parquet: 'Parquet table',
  pcap: 'packet capture',
  pgp: 'PGP message',
  pdf: 'PDF document',
  ps: 'PostScript document',
  xml: 'XML',
  gz: 'gzip archive',
  'tar.gz': 'gzip archive of a tar',
  tar: 'tar archive',
  bz2: 'bzip2 archive',
  xz: 'xz archive',
  zst: 'zstd archive',
  lz4: 'LZ4 archive',
  lz: 'lzip archive',
  Z: 'compress archive',
  zip: 'ZIP archive',
  '7z': '7z archive',
  rar: 'RAR archive',
  cpio: 'cpio archive',
  ar: 'ar archive',
  deb: 'Debian package',
  rpm: 'RPM package',
  apk: 'Android package',
};

/** Kinds of which the extension is the name: `PNG image`. */
const kinds = ['image', 'audio', 'video', 'font'] as const;

/**
 * What people call a format.
 * @param ext its usual extension @param mime its media type; both as `file-type` tells them
 */
export function formatName(ext: string, mime: string): string {
  const name = Object.hasOwn(names, ext) ? names[ext] : undefined;
  const kind = kinds.find((one) => mime.startsWith(`${one}/`)) ?? 'file';
  return name ?? `${ext.toUpperCase()} ${kind}`;
}
