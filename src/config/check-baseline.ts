import { LayerscopeError } from '../errors.ts';
import { parseReference } from '../image/reference.ts';
import { described } from '../text/described.ts';
import { mapping, onlyKeys } from './check-value.ts';
import type { BaselineWish } from './config.ts';
import { type Place, WrongSetting } from './wrong-setting.ts';

/** An image or a saved report, by one text or under a key that says which; paths are as written. */
export function checkBaseline(place: Place, value: unknown): BaselineWish | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value.endsWith('.json') ? checkReport(place, value) : checkImage(place, value);
  if (typeof value !== 'object' || Array.isArray(value))
    throw new WrongSetting(place, `expected an image or a saved report, not ${described(value)}`);
  const settings = mapping(place, value);
  onlyKeys(place, settings, ['image', 'report'], 'keys are image and report');
  const { image, report } = settings;
  if (image !== undefined && report !== undefined)
    throw new WrongSetting([...place, 'report'], 'there is an image already; a baseline is one or the other');
  if (report !== undefined) return checkReport([...place, 'report'], report);
  if (image !== undefined) return checkImage([...place, 'image'], image);
  throw new WrongSetting(place, 'expected a key image or report');
}

function checkReport(place: Place, value: unknown): BaselineWish {
  if (typeof value !== 'string' || value === '')
    throw new WrongSetting(place, `expected the path of a saved JSON report, not ${described(value)}`);
  return { from: 'report', reference: value };
}

function checkImage(place: Place, value: unknown): BaselineWish {
  if (typeof value !== 'string' || value === '')
    throw new WrongSetting(place, `expected an image such as registry:ghcr.io/acme/app:main, not ${described(value)}`);
  try {
    // Standard input has one image, the one that is judged.
    if (parseReference(value).from === 'stdin')
      throw new WrongSetting(place, 'a baseline is not read from standard input');
  } catch (error) {
    if (!(error instanceof LayerscopeError)) throw error;
    throw new WrongSetting(place, error.message.replace(/\.$/, ''));
  }
  return { from: 'image', reference: value };
}
