import { cutText } from '../../text/cut.ts';
import { sanitize } from '../../text/sanitize.ts';
import { element, textElement } from './xml.ts';

/** A case, as the two kinds that are no pass are told apart: it does not hold, or nobody could say. */
export interface TestCase {
  readonly name: string;
  readonly outcome: 'passed' | 'failure' | 'error';
  /** What kind of failure it is. */
  readonly type: string;
  readonly message: string;
  /** What there is to say, whatever the outcome. Texts are not sanitised. */
  readonly details: readonly string[];
}

/** A case is to be read. */
const mostOfLine = 1000;

/** The lines of a case. */
export function testCaseLines(className: string, { name, outcome, type, message, details }: TestCase): string[] {
  const told = details.map(shown).join('\n');
  const inside =
    outcome === 'passed'
      ? [told].filter((text) => text !== '').map((text) => textElement('system-out', {}, text))
      : [textElement(outcome, { type, message: shown(message) }, told)];
  return element('testcase', { classname: className, name: shown(name), time: 0 }, inside);
}

function shown(text: string): string {
  return cutText(sanitize(text), mostOfLine);
}
