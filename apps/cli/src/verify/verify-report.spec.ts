import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reportPage, type ItemReport } from '@tallyhouse/audit';
import { reportOf, verifyReport } from './verify-report.js';

const VECTORS = join(import.meta.dirname, '../../../../libs/proofs/vectors/2');
interface Bundle {
  event: { body: { bizStep: string } };
  leaf: { eventHashId: string };
}

describe('a report that is verified', () => {
  let bundle: Bundle;
  let pinned: { header: string };
  beforeAll(async () => {
    bundle = JSON.parse(await readFile(join(VECTORS, 'whole.json'), 'utf8')) as Bundle;
    pinned = JSON.parse(await readFile(join(VECTORS, 'cases.json'), 'utf8')) as typeof pinned;
  });
  const event = (hash: string) => ({ id: 'a', eventHashId: `ni:///sha-256;${hash}?ver=CBV2.0` });
  const reportWith = (bundles: readonly unknown[], timeline = [event(bundle.leaf.eventHashId.slice(2))]) =>
    reportOf(JSON.stringify({ format: 'tallyhouse-item-report/1', uri: 'urn:x', timeline, bundles }))!;

  it('holds when each of its bundles holds, and pins those of the block that is given', () => {
    const { ok, lines } = verifyReport(reportWith([bundle]), { header: pinned.header });
    expect(ok).toBe(true);
    expect(lines[1]).toMatch(/^ok .*valid as of block/);
    expect(lines.at(-1)).toContain('1 of 1 bundles hold; 0 of 1 events');
    const other = verifyReport(reportWith([bundle]), { header: `0x${'1'.repeat(64)}` });
    expect(other.lines[1]).toMatch(/header not pinned/);
  });

  it('fails when a single field of a single bundle was changed, or nothing is proved', () => {
    const forged = structuredClone(bundle);
    forged.event.body.bizStep = 'receiving';
    const { ok, lines } = verifyReport(reportWith([bundle, forged]), {});
    expect(ok).toBe(false);
    expect(lines[2]).toMatch(/^FAILED .*not valid: content/);
    expect(verifyReport(reportWith([]), {}).ok).toBe(false);
    expect(verifyReport(reportWith([null, 7, {}]), {}).ok).toBe(false);
  });

  it('names events of the timeline that no bundle proves', () => {
    const { lines } = verifyReport(reportWith([bundle], [event('0'.repeat(64))]), {});
    expect(lines.at(-2)).toBe('open    event a: on the timeline, without proof');
  });

  it('is found inside its page, whatever the goods are called', () => {
    const report = {
      ...{ format: 'tallyhouse-item-report/1', uri: 'urn:x', timeline: [], findings: [], balances: [] },
      identity: { productName: '</script><b>cheese</b>', masterData: {} },
      ...{ asOf: { asked: 'everything known' }, position: { containedIn: [] }, temperatures: null },
      ...{ origins: { nodes: [] }, destinations: { nodes: [] }, custody: { holder: null, transfers: [] } },
      ...{ corrections: [], models: [], omitted: [] },
    } as unknown as ItemReport;
    const page = reportPage(report, [bundle]);
    expect(page).not.toContain('<b>cheese');
    expect(reportOf(page)?.bundles).toEqual([bundle]);
    expect(reportOf('{"format":"tallyhouse-proof/2"}')).toBeUndefined();
    expect(reportOf('<html>')).toBeUndefined();
  });
});
