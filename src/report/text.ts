import { formatBytes, formatShare } from '../text/bytes.ts';
import { sanitize } from '../text/sanitize.ts';
import { type Cell, cutPath, layTable } from '../text/table.ts';
import { gateText } from './gate/gate-text.ts';
import type { Report } from './report.ts';
import { adviceSection } from './text-advice.ts';
import { dockerfileSection } from './text-dockerfile.ts';
import { findingSection } from './text-findings.ts';
import { headerSection } from './text-header.ts';
import { layerTable } from './text-layers.ts';
import { sectionsToPage, type TextStyle } from './text-style.ts';
import { warningSection } from './text-warnings.ts';
import { wasteSection } from './text-waste.ts';

const listedDuplicates = 5;

/** The report as a page for people. Ends with a newline; everything from the image is sanitised. */
export function textReport(report: Report, style: TextStyle): string {
  if (report.budgets !== null) return gateText(report, report.budgets, style);
  return sectionsToPage([
    headerSection(report, style),
    layerTable(report, style),
    dockerfileSection(report, style),
    findingSection(report, style),
    wasteSection(report, style),
    adviceSection(report, style),
    duplicateSection(report, style),
    warningSection(report, style),
    footer(report, style),
  ]);
}

function duplicateSection({ duplicates }: Report, { width, paint }: TextStyle): string[] {
  if (duplicates.groups.length === 0) return [];
  const rows = duplicates.groups.slice(0, listedDuplicates).map((group): Cell[] => [
    { text: formatBytes(group.bytes) },
    { text: `${group.count} x ${formatBytes(group.fileBytes)}` },
    {
      text: group.paths
        .slice(0, 3)
        .map((path) => cutPath(sanitize(path), 60))
        .join('  '),
    },
  ]);
  const columns = [
    { title: '', align: 'right' },
    { title: '', align: 'right' },
    { title: '', align: 'left' },
  ] as const;
  const more = duplicates.groups.length - rows.length;
  return [
    `${paint.strong('Duplicates')}  ${formatBytes(duplicates.bytes)} in files that are the same at several paths`,
    ...layTable(columns, rows, width),
    ...(more > 0 ? [paint.faint(`and ${more} more`)] : []),
  ];
}

function footer({ compat }: Report, { paint }: TextStyle): string[] {
  const { efficiencyScore, wastedBytes, userWastedPercent } = compat.dive;
  const efficiency = `${(efficiencyScore * 100).toFixed(2)} % efficiency`;
  return [
    paint.faint(
      `In dive's numbers: ${efficiency}, ${formatBytes(wastedBytes)} wasted, ${formatShare(userWastedPercent)} of user layers`,
    ),
  ];
}
