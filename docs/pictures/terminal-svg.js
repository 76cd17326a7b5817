const cell = { width: 8.43, height: 18 };
const margin = 16;

/** The colours of a dark terminal, by SGR code. */
const colors = { 31: '#ff7b72', 32: '#7ee787', 33: '#e3b341', 36: '#79c0ff' };
const theme = { background: '#0d1117', text: '#e6edf3', faint: '#8b949e' };

/**
 * Draws lines of terminal output, colours and all, as an SVG. Every run of text is placed by its column, so that the
 * picture stays aligned whatever font shows it.
 * @param {string} prompt the command line
 * @param {readonly string[]} lines with SGR escape sequences
 */
export function terminalSvg(prompt, lines) {
  const rows = [[{ text: prompt, column: 0, style: { bold: true } }], [], ...lines.map(runsOf)];
  const columns = Math.max(...rows.flat().map(({ text, column }) => column + text.length));
  const width = Math.ceil(columns * cell.width) + 2 * margin;
  const height = rows.length * cell.height + 2 * margin;
  const texts = rows.flatMap((runs, row) => runs.map((run) => runSvg(run, row)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="100%" height="100%" rx="8" fill="${theme.background}"/>`,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="${theme.text}" xml:space="preserve">`,
    ...texts,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** Splits a line at its SGR sequences. */
function runsOf(line) {
  const runs = [];
  let style = {};
  let column = 0;
  // The odd parts are the codes between the texts.
  // oxlint-disable-next-line no-control-regex -- escape sequences are what this takes apart
  line.split(/\u001b\[([0-9;]*)m/).forEach((part, at) => {
    if (at % 2 === 1) style = nextStyle(style, part);
    else if (part !== '') {
      runs.push({ text: part, column, style });
      column += part.length;
    }
  });
  return runs;
}

function nextStyle(style, codes) {
  const code = Number(codes || 0);
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, faint: true };
  if (code === 22) return { ...style, bold: false, faint: false };
  if (code === 39 || code === 0) return code === 0 ? {} : { ...style, color: undefined };
  return { ...style, color: colors[code] };
}

function runSvg({ text, column, style }, row) {
  const x = (margin + column * cell.width).toFixed(1);
  const y = (margin + (row + 0.75) * cell.height).toFixed(1);
  const fill = style.color ?? (style.faint ? theme.faint : theme.text);
  const weight = style.bold ? ' font-weight="bold"' : '';
  const length = (text.length * cell.width).toFixed(1);
  return `<text x="${x}" y="${y}" fill="${fill}"${weight} textLength="${length}" lengthAdjust="spacingAndGlyphs">${escapeXml(text)}</text>`;
}

function escapeXml(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
