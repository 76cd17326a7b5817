import { reasonOf } from '../../errors.ts';
import type { Report } from '../../report/report.ts';
import type { Effect, Event } from '../../tui/state/event.ts';
import type { Message } from '../../tui/state/state.ts';
import type { Host } from '../host.ts';
import type { LoadedImage } from '../load-image.ts';
import { compareNode } from './compare-node.ts';
import { textToCopy } from './copy-content.ts';
import { extractNode } from './extract-node.ts';
import { readFile } from './read-file.ts';
import { writeReport } from './write-report.ts';

/** What the screen's effects need. */
export interface EffectContext {
  readonly host: Host;
  readonly loaded: LoadedImage;
  readonly report: Report;
  /** Puts a text on the clipboard. */
  readonly copy: (text: string, what: string) => Event;
}

/** Does what a key asked for, and says how that went: a failure is a message, never the end of the screen. */
export async function performEffect(context: EffectContext, effect: Effect): Promise<Event | null> {
  try {
    return await perform(context, effect);
  } catch (error) {
    const reason = reasonOf(error);
    return 'asked' in effect ? { kind: 'failed', asked: effect.asked, reason } : tell(reason, 'error');
  }
}

async function perform({ host, loaded, report, copy }: EffectContext, effect: Effect): Promise<Event | null> {
  switch (effect.kind) {
    case 'read':
      return { kind: 'read', asked: effect.asked, content: await readFile(loaded, effect.path, effect.ref) };
    case 'compare': {
      const { asked, below, here, node } = effect;
      return { kind: 'compared', asked, comparison: await compareNode(loaded, below, here, node) };
    }
    case 'extract': {
      const { filesystem, node } = effect.what;
      return tell(await extractNode(host, loaded, filesystem, node, effect.directory), 'info');
    }
    case 'copy-content':
      return copy(await textToCopy(loaded, effect.path, effect.ref), 'the content');
    case 'write-report':
      return tell(writeReport(host, report, effect.file), 'info');
    default:
      return null;
  }
}

function tell(text: string, tone: Message['tone']): Event {
  return { kind: 'told', message: { text, tone } };
}
