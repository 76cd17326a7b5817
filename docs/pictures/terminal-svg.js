const cell = { width: 8.43, height: 18 };
const margin = 16;

/** A dark terminal: its 16 colours, in their usual order. */
const palette = [
  ['#484f58', '#ff7b72', '#7ee787', '#e3b341', '#58a6ff', '#d2a8ff', '#79c0ff', '#b1bac4'],
  ['#30363d', '#ffa198', '#56d364', '#f2cc60', '#79c0ff', '#d2a8ff', '#a5d6ff', '#f0f6fc'],
].flat();
const theme = { background: '#0d1117', text: '#e6edf3', faint: '#8b949e' };

/** What a font would leave gaps in: part of a cell, as left, top, width and height from 0 to 1. */
const shapes = { '│': [0.45, 0, 0.1, 1], '█': [0, 0, 1, 1], '▌': [0, 0, 0.5, 1] };

/**
 * @typedef {object} Style
 * @property {boolean} [bold]
 * @property {boolean} [faint]
 * @property {boolean} [underlined]
 * @property {boolean} [inverse]
 * @property {number} [color] of the 16
 * @property {number} [background] of the 16
 */

/**
 * @typedef {object} Run a text in one style
 * @property {string} text
 * @property {number} column from 0
 * @property {number} width columns that it takes
 * @property {Style} style
 */

/**
 * Draws rows of a terminal, colours and all, as an SVG. Every run of text is placed by its column, so that the picture
 * stays aligned whatever font shows it.
 * @param {readonly (readonly Run[])[]} rows
 * @param {number} [columns] of the terminal; as many as are filled unless said
 */
export function terminalSvg(rows, columns = Math.max(...rows.flat().map(({ column, width }) => column + width))) {
  const width = Math.ceil(columns * cell.width) + 2 * margin;
  const height = rows.length * cell.height + 2 * margin;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="100%" height="100%" rx="8" fill="${theme.background}"/>`,
    // Or a line of the ground would show between two rectangles side by side.
    `<g shape-rendering="crispEdges" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="${theme.text}" xml:space="preserve">`,
    // All of the ground first: a text may reach a little out of its cells.
    ...rows.flatMap((runs, row) => runs.flatMap((run) => groundSvg(run, row))),
    ...rows.flatMap((runs, row) => runs.flatMap(pieces).map((run) => pieceSvg(run, row))),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function colorsOf({ inverse, faint, color, background }) {
  const front = color === undefined ? (faint ? theme.faint : theme.text) : palette[color];
  const back = background === undefined ? theme.background : palette[background];
  return inverse ? { front: back, back: front } : { front, back };
}

function groundSvg({ column, width, style }, row) {
  const { back } = colorsOf(style);
  return back === theme.background ? [] : [rectSvg(column, row, [0, 0, width, 1], back)];
}

/** Parts a run into shapes and texts. */
function pieces(run) {
  if (run.text.length !== run.width) return [run];
  const found = run.text.matchAll(/│|█+|▌|[^│█▌]+/g);
  return [...found].map(({ 0: text, index }) => ({
    ...run,
    text,
    column: run.column + index,
    width: text.length,
  }));
}

function pieceSvg({ text, column, width, style }, row) {
  const { front } = colorsOf(style);
  const shape = shapes[text[0]];
  if (shape !== undefined) return rectSvg(column, row, shape.with(2, shape[2] * width), front);
  const x = (margin + column * cell.width).toFixed(1);
  const y = (margin + (row + 0.75) * cell.height).toFixed(1);
  const weight = style.bold ? ' font-weight="bold"' : '';
  const line = style.underlined ? ' text-decoration="underline"' : '';
  const length = (width * cell.width).toFixed(1);
  return `<text x="${x}" y="${y}" fill="${front}"${weight}${line} textLength="${length}" lengthAdjust="spacingAndGlyphs">${escapeXml(text)}</text>`;
}

function rectSvg(column, row, [left, top, width, height], fill) {
  const [x, y] = [margin + (column + left) * cell.width, margin + (row + top) * cell.height];
  const size = `width="${(width * cell.width).toFixed(1)}" height="${(height * cell.height).toFixed(1)}"`;
  return `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${size} fill="${fill}"/>`;
}

function escapeXml(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
