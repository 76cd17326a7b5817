import { formatPlatform } from '../image/platform.ts';
import { formatBytes, formatShare } from '../text/bytes.ts';
import { sanitize } from '../text/sanitize.ts';
import { causeTexts } from './cause.ts';
import type { Report } from './report.ts';
import { fit, shownText } from './text-dockerfile.ts';
import { placeOf } from './text-findings.ts';
import { instruction } from './text-layers.ts';

const listed = 20;

/** The report as GitHub-flavoured markdown: for a pull request or a job's summary. */
export function markdownReport(report: Report): string {
  const sections = [summary(report), findings(report), dockerfile(report), layers(report), wastedFiles(report)];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function summary({ image, waste }: Report): string {
  const own = image.ownBytes === null ? '' : `, ${formatBytes(image.ownBytes)} on top of the base image`;
  return [
    `## ${escapeText(image.names[0] ?? image.reference)}`,
    '',
    `**${formatBytes(image.sizeBytes)}** in ${image.layerCount} layers${own} · **${formatBytes(waste.bytes)} wasted** (${formatShare(waste.percent / 100)}) · ${formatPlatform(image.platform)}`,
  ].join('\n');
}

function findings(report: Report): string {
  if (report.findings.length === 0) return '';
  const rows = report.findings
    .slice(0, listed)
    .map((finding) => [
      finding.severity,
      escapeText(finding.rule),
      code(placeOf(finding)),
      finding.bytes === null ? '' : formatBytes(finding.bytes),
      `${escapeText(finding.message)} ${escapeText(finding.help)}`,
    ]);
  return `### Findings\n\n${table(['severity', 'rule', 'where', 'bytes', 'what'], rows, [3])}${more(report.findings.length)}`;
}

function dockerfile({ dockerfile: file }: Report): string {
  if (file === null) return '';
  const rows = file.instructions.map((line) => [
    String(line.startLine),
    line.layers.length === 0 ? '' : formatBytes(line.addedBytes),
    line.wastedBytes === 0 ? '' : formatBytes(line.wastedBytes),
    line.wastesBytes === 0 ? '' : formatBytes(line.wastesBytes),
    code(shownText(line)),
  ]);
  const header = ['line', 'adds', 'of it wasted', 'makes waste', 'instruction'];
  return `### ${escapeText(file.file)}\n\n${escapeText(fit(file))}\n\n${table(header, rows, [0, 1, 2, 3])}`;
}

function layers(report: Report): string {
  const rows = report.layers.map((layer) => [
    String(layer.index),
    formatBytes(layer.sizeBytes),
    layer.wastedBytes === 0 ? '' : formatBytes(layer.wastedBytes),
    layer.instruction === null ? '' : String(layer.instruction.startLine),
    code(instruction(layer)),
  ]);
  const body = table(['layer', 'size', 'wasted', 'line', 'step'], rows, [0, 1, 2, 3]);
  return `<details><summary>Layers</summary>\n\n${body}\n\n</details>`;
}

function wastedFiles({ waste }: Report): string {
  if (waste.files.length === 0) return '';
  const rows = waste.files
    .slice(0, listed)
    .map((file) => [formatBytes(file.bytes), causeTexts[file.cause].name, code(sanitize(file.path))]);
  const body = table(['wasted', 'because', 'file'], rows, [0]);
  return `<details><summary>Largest wasted files</summary>\n\n${body}${more(waste.files.length)}\n\n</details>`;
}

function more(count: number): string {
  return count > listed ? `\n\nand ${count - listed} more` : '';
}

function table(header: readonly string[], rows: readonly (readonly string[])[], right: readonly number[]): string {
  const rule = header.map((_, at) => (right.includes(at) ? '---:' : '---'));
  return [header, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Text from an image is no markup: neither markdown's nor HTML's. */
function escapeText(text: string): string {
  return sanitize(text).replaceAll(/[\\`*_{}[\]()#+!|<>&~@:]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A code span that nothing in the text can end; a bar would end the cell. */
function code(text: string): string {
  if (text === '') return '';
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence} ${sanitize(text).replaceAll('|', '\\|')} ${fence}`;
}
