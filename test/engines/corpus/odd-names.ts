import { bytes } from '../truth/entry.ts';

/** Names that are hostile to terminals, shells and text formats, as byte strings. */
export const ODD_NAMES: readonly string[] = [
  'two words',
  ' leading and trailing ',
  'new\nline',
  'tab\there',
  'escape\x1b[31mred\x1b[0m',
  'title\x1b]0;owned\x07',
  'carriage\rreturn',
  'back\\slash',
  'back\\n',
  '\\101',
  'quote"double',
  "quote'single",
  '$HOME',
  '`id`',
  'star*',
  '-rf',
  '...',
  '..double',
  '%percent',
  'delete\x7f',
  bytes('café'),
  bytes('cafe\u0301'),
  bytes('日本'),
  bytes('🐋'),
  bytes('right-to-left\u202etxt'),
  bytes('c1-\u009b'),
  bytes('\ufeffbyte-order-mark'),
  bytes('literal-\ufffd'),
  // Not UTF-8: a latin1 name, a character cut short, an encoded surrogate, an overlong slash.
  'latin1-\xe9\xe8',
  'cut-\xc3',
  'surrogate-\xed\xa0\x80',
  'overlong-\xc0\xaf',
  '\xff\xfe',
];

/** A script that makes one file per name, whose content is the name, and a link to each. */
export function oddNamesScript(): Buffer {
  const lines = ODD_NAMES.map((name) => `make ${quote(name)}`);
  const make = `make() { printf '%s' "$1" > "/odd/$1"; ln -s -- "$1" "/links/to $1"; }`;
  return Buffer.from(['#!/bin/sh', 'set -e', 'mkdir /odd /links', make, ...lines, ''].join('\n'), 'latin1');
}

function quote(name: string): string {
  return `'${name.replaceAll("'", `'\\''`)}'`;
}
