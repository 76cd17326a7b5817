import { Document, isCollection, isScalar } from 'yaml';
import { sanitize } from '../../text/sanitize.ts';
import type { Place } from '../wrong-setting.ts';
import type { Origin, TracedSetting } from './trace-settings.ts';

/** The settings as a file that says the same, with a comment on each value that tells where it is from. */
export function configYaml(settings: readonly TracedSetting[]): string {
  const document = new Document({});
  for (const { place, value, origin } of settings) {
    if (place[0] === 'dive') continue;
    const node = document.createNode(value);
    if (isCollection(node)) node.flow = true;
    // Between quotes the escapes of what a terminal would act on are YAML's own.
    if (isScalar(node) && typeof value === 'string' && sanitize(value) !== value) node.type = 'QUOTE_DOUBLE';
    node.comment = ` ${describedOrigin(origin)}`;
    put(document, place, node);
  }
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: false }) + diveComment(settings);
  return text.split('\n').map(sanitize).join('\n');
}

/** Our own files have no place for dive's rules. */
function diveComment(settings: readonly TracedSetting[]): string {
  const lines = settings.flatMap(({ place, value, origin }) =>
    place[0] === 'dive'
      ? [`#   ${place[1]}: ${typeof value === 'string' ? value : JSON.stringify(value)} # ${describedOrigin(origin)}\n`]
      : [],
  );
  return lines.length === 0 ? '' : `# The rules of dive, which stand in a .dive-ci:\n${lines.join('')}`;
}

/** `layerscope.yaml:3`, `--no-mouse` or `default`. */
function describedOrigin(origin: Origin): string {
  switch (origin.from) {
    case 'file':
      return `${sanitize(origin.file)}:${origin.line}`;
    case 'option':
      return origin.option;
    case 'default':
      return 'default';
  }
}

function put(document: Document, place: Place, node: unknown): void {
  // A list is to be there before its first element, or it becomes a mapping of numbers.
  place.forEach((part, at) => {
    const list = place.slice(0, at);
    if (typeof part === 'number' && !document.hasIn(list)) document.setIn(list, document.createNode([]));
  });
  document.setIn(place, node);
}
