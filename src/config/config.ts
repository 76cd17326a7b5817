import type { KeyOverrides } from '../tui/keys/bindings.ts';
import type { ThemeName } from '../tui/theme.ts';

/** What a configuration file says (docs/schema/config.v1.json), with the defaults where it says nothing. */
export interface Config {
  readonly tui: TuiConfig;
}

export interface TuiConfig {
  /** Without conflicts. */
  readonly keys: KeyOverrides;
  readonly theme: ThemeName;
  readonly mouse: boolean;
}

export const defaultConfig: Config = { tui: { keys: {}, theme: 'auto', mouse: true } };
