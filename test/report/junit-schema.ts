import { readFileSync } from 'node:fs';
import { validateXML } from 'xmllint-wasm';

const schema = readFileSync(new URL('schemas/junit-10.xsd', import.meta.url), 'utf8');

/** What libxml2 has against documents, by Jenkins' schema; each of them is to be well-formed, too. */
export async function junitErrors(...documents: readonly string[]): Promise<string[]> {
  const xml = documents.map((contents, at) => ({ fileName: `report-${at}.xml`, contents }));
  const { errors } = await validateXML({ xml, schema, maxMemoryPages: 4096 });
  return errors.map(({ rawMessage }) => rawMessage);
}
