/** The first eight colours of a terminal, by the SGR code of each as a foreground. */
const firstForeground = 30;

/**
 * Splits a line of output at its SGR sequences.
 * @param {string} line
 * @returns {import('./terminal-svg.js').Run[]}
 */
export function runsOf(line) {
  const runs = [];
  let style = {};
  let column = 0;
  // The odd parts are the codes between the texts.
  // oxlint-disable-next-line no-control-regex -- escape sequences are what this takes apart
  line.split(/\u001b\[([0-9;]*)m/).forEach((part, at) => {
    if (at % 2 === 1) style = nextStyle(style, part);
    else if (part !== '') {
      runs.push({ text: part, column, width: part.length, style });
      column += part.length;
    }
  });
  return runs;
}

function nextStyle(style, codes) {
  const code = Number(codes || 0);
  if (code === 0) return {};
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, faint: true };
  if (code === 22) return { ...style, bold: false, faint: false };
  return { ...style, color: code === 39 ? undefined : code - firstForeground };
}
