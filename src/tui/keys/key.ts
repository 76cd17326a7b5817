/**
 * What a terminal sends, taken apart. A key's name is the character it types (`a`, `G`, `/`, `ä`), or one of `up down left
 * right home end pageup pagedown enter tab escape space backspace delete insert f1`…`f12`, with `ctrl+`, `alt+` and
 * `shift+` before it in this order (`ctrl+u`, `shift+tab`). A character that is typed with Shift is named by itself.
 */
export type Input =
  | {
      readonly kind: 'key';
      readonly name: string;
      /** What it types into a prompt; '' for keys that type nothing. */ readonly text: string;
    }
  | { readonly kind: 'paste'; readonly text: string }
  | {
      readonly kind: 'mouse';
      readonly button: 'left' | 'wheel-up' | 'wheel-down';
      /** Columns and rows from 0. */ readonly column: number;
      readonly row: number;
    };
