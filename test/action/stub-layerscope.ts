import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Stub {
  /** Path of the program. */
  readonly program: string;
  /** Where it leaves its arguments, one after the other with a NUL behind each. */
  readonly argumentsFile: string;
}

export interface StubSettings {
  readonly status: number;
  /** By format; what is not there is not written. */
  readonly reports?: Readonly<Record<string, string>>;
  /** On standard error. */
  readonly says?: string;
}

/** A program in place of layerscope that writes what it is told to. */
export function stubLayerscope(folder: string, { status, reports = {}, says = '' }: StubSettings): Stub {
  const place = mkdtempSync(join(folder, 'stub-'));
  const at = (name: string): string => join(place, name);
  for (const [format, text] of Object.entries(reports)) writeFileSync(at(`report.${format}`), text);
  writeFileSync(at('says'), says);
  const script = `#!/bin/sh
printf '%s\\0' "$@" > '${at('arguments')}'
cat '${at('says')}' >&2
for argument; do
  case $argument in
    --report=*=*)
      format=\${argument#--report=} file=\${argument#--report=*=}
      format=\${format%%=*}
      [ ! -f "${at('report.$format')}" ] || cp "${at('report.$format')}" "$file" ;;
  esac
done
exit ${status}
`;
  writeFileSync(at('layerscope'), script, { mode: 0o755 });
  return { program: at('layerscope'), argumentsFile: at('arguments') };
}
