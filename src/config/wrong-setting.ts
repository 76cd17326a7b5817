/** The way to a setting from the top of the file: keys of mappings and places in lists. */
export type Place = readonly (string | number)[];

/** A setting that cannot be taken, before anybody knows the line it stands on. */
export class WrongSetting extends Error {
  readonly place: Place;
  /** Without the place. */
  readonly reason: string;

  /** @param reason what is wrong and what would be right, without the place */
  constructor(place: Place, reason: string) {
    super(place.length === 0 ? reason : `${placeText(place)}: ${reason}`);
    this.name = 'WrongSetting';
    this.place = place;
    this.reason = reason;
  }
}

/** `tui.keys.up[1]`. */
export function placeText(place: Place): string {
  return place.map((part, at) => (typeof part === 'number' ? `[${part}]` : at === 0 ? part : `.${part}`)).join('');
}
