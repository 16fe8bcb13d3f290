import { verifyText, type Verdict, type VerifySettings } from './verify-text.js';

const REPORT_FORMAT = 'tallyhouse-item-report/1';
const EMBEDDED = /<script type="application\/json" id="tallyhouse-item-report">([\s\S]*?)<\/script>/;
const SAFE = /[^\w:/.;?=%-]/g;

interface ReportedEvent {
  readonly id: string;
  /** 64 digits. */
  readonly hash: string;
}

/** What of an item's report can be verified. */
export interface ReportFile {
  readonly uri: string;
  readonly timeline: readonly ReportedEvent[];
  readonly bundles: readonly unknown[];
}

/** The report that a text holds, as JSON or inside a page; undefined where it is none. */
export function reportOf(text: string): ReportFile | undefined {
  try {
    const { format, uri, timeline, bundles } = JSON.parse(EMBEDDED.exec(text)?.[1] ?? text) as Record<
      string,
      unknown
    >;
    if (format !== REPORT_FORMAT || typeof uri !== 'string' || !Array.isArray(timeline)) return undefined;
    return { uri, timeline: timeline.flatMap(reported), bundles: Array.isArray(bundles) ? bundles : [] };
  } catch {
    return undefined;
  }
}

/**
 * Verifies every bundle of a report: a line each, then the events of the timeline that no bundle proves, the verdict
 * last. Whatever else the report says is its maker's word. A header that is pinned counts for the bundles of its block.
 */
export function verifyReport({ uri, timeline, bundles }: ReportFile, settings: VerifySettings): Verdict {
  const results = bundles.map((bundle) => ({ hash: hashOf(bundle), ...verifyPinned(bundle, settings) }));
  const proved = new Set(results.filter(({ ok }) => ok).map(({ hash }) => hash));
  const unproved = timeline.filter(({ hash }) => !proved.has(hash));
  const failed = results.filter(({ ok }) => !ok).length;
  const lines = [
    `report of ${uri.replaceAll(SAFE, '?')}`,
    ...results.map(
      ({ ok, hash, says }, index) =>
        `${ok ? 'ok     ' : 'FAILED '} bundle ${index + 1}, event hash ${hash ?? 'none'}: ${says}`,
    ),
    ...unproved.map(({ id }) => `open    event ${id.replaceAll(SAFE, '?')}: on the timeline, without proof`),
    failed > 0 || results.length === 0
      ? `not valid: ${failed} of ${results.length} bundles fail`
      : `${results.length} of ${results.length} bundles hold; ${unproved.length} of ${timeline.length} events of the timeline ` +
        `are without proof; what else the report says is its maker's word`,
  ];
  return { ok: failed === 0 && results.length > 0, lines };
}

function verifyPinned(bundle: unknown, settings: VerifySettings): { ok: boolean; says: string } {
  const text = JSON.stringify(bundle) ?? '';
  const pinned = verifyText(text, settings);
  const isOfOtherBlock =
    settings.header !== undefined && pinned.lines.at(-1)?.startsWith('not valid: header:');
  const { header: _header, ...open } = settings;
  const { ok, lines } = isOfOtherBlock ? verifyText(text, open) : pinned;
  return { ok, says: lines.at(-1) ?? '' };
}

function hashOf(bundle: unknown): string | undefined {
  const hash = (bundle as { leaf?: { eventHashId?: unknown } } | null)?.leaf?.eventHashId;
  return typeof hash === 'string' && /^0x[0-9a-f]{64}$/.test(hash) ? hash.slice(2) : undefined;
}

function reported(event: unknown): ReportedEvent[] {
  const { id, eventHashId } = (event ?? {}) as Record<string, unknown>;
  if (typeof id !== 'string' || typeof eventHashId !== 'string') return [];
  return [{ id, hash: /[0-9a-f]{64}/.exec(eventHashId)?.[0] ?? '' }];
}
