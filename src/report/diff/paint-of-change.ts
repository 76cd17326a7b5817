import type { Cell } from '../../text/table.ts';
import type { Paint } from '../paint.ts';

/** More bytes are bad, fewer are good. */
export function paintOfChange(change: number, paint: Paint): NonNullable<Cell['paint']> {
  return change > 0 ? paint.bad : change < 0 ? paint.good : paint.faint;
}
