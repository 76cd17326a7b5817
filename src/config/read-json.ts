import { problem, reasonOf } from '../errors.ts';
import type { ConfigText } from './config-text.ts';

/**
 * Reads JSON. The reader of YAML, which knows lines, is loaded only to tell the line of a mistake.
 * @throws LayerscopeError invalid-config
 */
export async function readJson(text: string, path: string): Promise<ConfigText> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // All JSON is YAML, so most of what is not JSON is no YAML either.
    const { mistakenLine } = await import('./read-yaml.ts');
    const line = mistakenLine(text) ?? toldLine(text, reasonOf(error));
    throw problem('invalid-config', { path, line, reason: 'not valid JSON' }, error);
  }
  // Once for all questions: whoever asks for the line of each setting asks for thousands.
  let lines: Promise<ConfigText> | null = null;
  const readLines = async (): Promise<ConfigText> => (await import('./read-yaml.ts')).readYaml(text, path);
  return {
    value,
    lineOf: async (place) => {
      lines ??= readLines();
      return (await lines).lineOf(place);
    },
  };
}

/** V8 tells the position of most mistakes, those in short texts apart. */
function toldLine(text: string, message: string): number | null {
  const position = /at position (\d+)/.exec(message)?.[1];
  return position === undefined ? null : text.slice(0, Number(position)).split('\n').length;
}
