import { parseHistoryStep } from '../../dockerfile/history-step.ts';
import type { Confidence, Mapping } from '../../dockerfile/mapping.ts';
import { instructionLines } from '../../dockerfile/rebuild.ts';
import type { Image } from '../../image/image.ts';
import type { Report, ReportFinding } from '../../report/report.ts';
import { sanitize } from '../../text/sanitize.ts';

/** An instruction, or a step of the history, and what it put into the image. */
export interface Block {
  /** Lines of the listing, from 1. */
  readonly startLine: number;
  readonly endLine: number;
  readonly layers: readonly number[];
  readonly confidence: Confidence | null;
  readonly findings: readonly ReportFinding[];
  /** Bytes; null while they are not known. */
  readonly costs: BlockCosts | null;
}

export interface BlockCosts {
  readonly addedBytes: number;
  /** Of those, what the final filesystem does not show. */
  readonly wastedBytes: number;
  /** Bytes of any layer that these layers made useless. */
  readonly wastesBytes: number;
}

export interface ListingLine {
  /** Fit to print. */
  readonly text: string;
  readonly block: Block | null;
}

/** The Dockerfile, or what the history tells of it where there is none. */
export interface Listing {
  readonly source: 'dockerfile' | 'history';
  /** Fit to print. */
  readonly title: string;
  readonly lines: readonly ListingLine[];
}

export interface ListingInput {
  readonly image: Image;
  readonly mapping: Mapping;
  /** The Dockerfile's path; null where there is none. */
  readonly file: string | null;
  /** Null while the layers are being read. */
  readonly report: Report | null;
}

/** Puts the lines together with what is known of their costs. */
export function makeListing(input: ListingInput): Listing {
  const { mapping, file } = input;
  if (mapping.dockerfile === null || file === null) return historyListing(input);
  const blocks = input.report === null ? mappedBlocks(mapping) : reportedBlocks(input.report);
  const lines = mapping.dockerfile.lines.map((text): ListingLine => ({ text: sanitize(text), block: null }));
  for (const block of blocks) fillIn(lines, block);
  return { source: 'dockerfile', title: sanitize(file), lines };
}

function fillIn(lines: ListingLine[], block: Block): void {
  for (let number = block.startLine; number <= block.endLine; number++) {
    const line = lines[number - 1];
    if (line !== undefined) lines[number - 1] = { ...line, block };
  }
}

/** What is known before any layer is read: which lines made which. */
function mappedBlocks({ dockerfile, layers }: Mapping): Block[] {
  const instructions = dockerfile?.stages.flatMap((stage) => stage.instructions) ?? [];
  return instructions.map(({ startLine, endLine }) => {
    const made = layers.flatMap(({ instruction }, layer) => (instruction?.startLine === startLine ? [layer] : []));
    const confidence = layers[made[0] ?? -1]?.instruction?.confidence ?? null;
    return { startLine, endLine, layers: made, confidence, findings: [], costs: null };
  });
}

function reportedBlocks({ dockerfile, findings }: Report): Block[] {
  return (dockerfile?.instructions ?? []).map(({ startLine, endLine, layers, confidence, ...costs }) => ({
    startLine,
    endLine,
    layers,
    confidence,
    findings: findings.filter(({ location }) => location?.startLine === startLine),
    costs,
  }));
}

/** One block a step, in the words of a Dockerfile. */
function historyListing({ image, report }: ListingInput): Listing {
  const lines: ListingLine[] = [];
  const wastes = wastedBy(report);
  let next = 0;
  for (const entry of image.config.history) {
    const step = parseHistoryStep(entry);
    const texts = instructionLines(
      step.text === '' && step.keyword === null ? { ...step, text: entry.comment || '(no command)' } : step,
    );
    const layer = entry.emptyLayer || next >= image.layers.length ? null : next++;
    const facts = layer === null ? undefined : report?.layers[layer];
    const block: Block = {
      startLine: lines.length + 1,
      endLine: lines.length + texts.length,
      layers: layer === null ? [] : [layer],
      confidence: null,
      findings: layer === null ? [] : (report?.findings.filter((finding) => finding.layer === layer) ?? []),
      costs:
        facts === undefined
          ? null
          : { addedBytes: facts.sizeBytes, wastedBytes: facts.wastedBytes, wastesBytes: wastes.get(facts.index) ?? 0 },
    };
    for (const text of texts) lines.push({ text, block });
  }
  return { source: 'history', title: 'from the history', lines };
}

/** By layer: bytes that it made useless. */
function wastedBy(report: Report | null): ReadonlyMap<number, number> {
  const bytes = new Map<number, number>();
  for (const { copies } of report?.waste.files ?? [])
    for (const copy of copies) bytes.set(copy.wastedByLayer, (bytes.get(copy.wastedByLayer) ?? 0) + copy.bytes);
  return bytes;
}
