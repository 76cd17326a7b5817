/** Where a key means something: in one pane, or wherever the pane in front has no meaning of its own for it. */
export type KeyContext = 'everywhere' | 'layers' | 'tree' | 'waste' | 'dockerfile' | 'file';

/** One thing a user can do by a key: a row of the table that the help, the footer and the configuration share. */
export interface ActionRow {
  readonly context: KeyContext;
  /** The keys that do it unless the configuration says otherwise (names: key.ts). */
  readonly keys: readonly string[];
  /** For the help. */
  readonly help: string;
  /** One word for the footer, where it is worth a place there. */
  readonly footer?: string;
}

/** Every action there is, in the order of the help. The names are those of `tui.keys` in layerscope.yaml. */
export const actions = {
  up: { context: 'everywhere', keys: ['up', 'k'], help: 'one row up' },
  down: { context: 'everywhere', keys: ['down', 'j'], help: 'one row down' },
  'half-page-up': { context: 'everywhere', keys: ['ctrl+u'], help: 'half a page up' },
  'half-page-down': { context: 'everywhere', keys: ['ctrl+d'], help: 'half a page down' },
  'page-up': { context: 'everywhere', keys: ['pageup', 'ctrl+b'], help: 'a page up' },
  'page-down': { context: 'everywhere', keys: ['pagedown', 'ctrl+f'], help: 'a page down' },
  first: { context: 'everywhere', keys: ['home', 'g'], help: 'the first row' },
  last: { context: 'everywhere', keys: ['end', 'G'], help: 'the last row' },
  right: { context: 'everywhere', keys: ['right', 'l'], help: 'open what is under the cursor, or go into it' },
  left: { context: 'everywhere', keys: ['left', 'h'], help: 'close it, or go to its parent' },
  enter: { context: 'everywhere', keys: ['enter'], help: 'go where the row leads', footer: 'go' },
  'next-pane': { context: 'everywhere', keys: ['tab'], help: 'the next pane', footer: 'pane' },
  'previous-pane': { context: 'everywhere', keys: ['shift+tab'], help: 'the pane before' },
  'pane-layers': { context: 'everywhere', keys: ['1'], help: 'the layers' },
  'pane-tree': { context: 'everywhere', keys: ['2'], help: 'the file tree' },
  'pane-waste': { context: 'everywhere', keys: ['3'], help: 'the wasted files' },
  'pane-dockerfile': { context: 'everywhere', keys: ['4'], help: 'the Dockerfile with its costs' },
  'pane-file': { context: 'everywhere', keys: ['5'], help: 'the file that was opened last' },
  'previous-layer': { context: 'everywhere', keys: ['['], help: 'choose the layer below' },
  'next-layer': { context: 'everywhere', keys: [']'], help: 'choose the layer above' },
  'biggest-waste': { context: 'everywhere', keys: ['b'], help: 'jump to the line that made the biggest waste' },
  'copy-command': { context: 'everywhere', keys: ['C'], help: "copy the layer's command to the clipboard" },
  'write-report': { context: 'everywhere', keys: ['R'], help: 'write the report to a file', footer: 'report' },
  help: { context: 'everywhere', keys: ['?'], help: 'all keys', footer: 'keys' },
  details: { context: 'everywhere', keys: ['D'], help: 'all that is known of the selection' },
  back: { context: 'everywhere', keys: ['escape'], help: 'take back: filter, search, message, overlay' },
  quit: { context: 'everywhere', keys: ['q'], help: 'go back, or quit', footer: 'quit' },
  redraw: { context: 'everywhere', keys: ['ctrl+l'], help: 'draw the screen anew' },
  suspend: { context: 'everywhere', keys: ['ctrl+z'], help: 'suspend; fg brings it back' },

  'fold-base': { context: 'layers', keys: ['space'], help: 'fold or unfold the base layers', footer: 'base' },

  filter: {
    context: 'everywhere',
    keys: ['/'],
    help: 'filter by name, path or glob; the cursor keeps moving',
    footer: 'filter',
  },
  fold: { context: 'tree', keys: ['space'], help: 'fold or unfold a directory' },
  'unfold-all': { context: 'tree', keys: ['+'], help: 'unfold everything' },
  'fold-all': { context: 'tree', keys: ['-'], help: 'fold everything' },
  parent: { context: 'tree', keys: ['backspace', 'p'], help: 'the directory that the row is in' },
  'view-final': { context: 'everywhere', keys: ['f'], help: 'the final filesystem' },
  'view-changes': { context: 'everywhere', keys: ['c'], help: 'what the chosen layer changed', footer: 'changes' },
  'view-union': { context: 'everywhere', keys: ['u'], help: 'all layers up to the chosen one' },
  'view-split': {
    context: 'everywhere',
    keys: ['v'],
    help: "the layer's changes above all layers up to it",
    footer: 'split',
  },
  'sort-size': { context: 'tree', keys: ['s'], help: 'sort by size; again: the other way round', footer: 'sort' },
  'sort-name': { context: 'tree', keys: ['n'], help: 'sort by name' },
  'sort-waste': { context: 'tree', keys: ['w'], help: 'sort by wasted bytes' },
  'sort-count': { context: 'tree', keys: ['#'], help: 'sort by number of files' },
  'hide-unchanged': { context: 'tree', keys: ['i'], help: 'hide what is unchanged' },
  'only-waste': { context: 'tree', keys: ['W'], help: 'show only paths with wasted bytes', footer: 'waste' },
  largest: { context: 'tree', keys: ['L'], help: "a directory's largest files, as one list" },
  attributes: { context: 'tree', keys: ['a'], help: 'show or hide mode and owner' },
  extract: { context: 'tree', keys: ['e'], help: 'extract the file or directory', footer: 'extract' },
  'copy-path': { context: 'tree', keys: ['y'], help: 'copy the path to the clipboard' },
  'copy-content': { context: 'tree', keys: ['Y'], help: "copy the file's content to the clipboard" },
  compare: { context: 'tree', keys: ['d'], help: 'compare with the layer below', footer: 'compare' },

  'waste-group': { context: 'waste', keys: ['space', 't'], help: 'files or directories', footer: 'files/directories' },
  'copy-waste-path': { context: 'waste', keys: ['y'], help: 'copy the path to the clipboard' },

  search: { context: 'file', keys: ['/'], help: 'search', footer: 'search' },
  'next-match': { context: 'file', keys: ['n'], help: 'the next match' },
  'previous-match': { context: 'file', keys: ['N'], help: 'the match before' },
  'toggle-hex': { context: 'file', keys: ['x'], help: 'text or hexadecimal', footer: 'hex' },
  'compare-file': { context: 'file', keys: ['d'], help: 'compare with the layer below, or stop comparing' },
  'copy-file': { context: 'file', keys: ['Y'], help: 'copy the content to the clipboard' },
} as const satisfies Readonly<Record<string, ActionRow>>;

export type Action = keyof typeof actions;
