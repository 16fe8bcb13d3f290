import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { EpcisEvent } from '@tallyhouse/epcis';
import { CaptureService } from '@tallyhouse/supply-chain';
import { inSpan, startTracing, type Tracing } from '@tallyhouse/telemetry';
import { startOtlpReceiver, type OtlpReceiver, type ReceivedSpan } from '@tallyhouse/testing';
import {
  documentOf,
  openStore,
  PARTNER,
  shipment,
  type TestStore,
} from '../../../supply-chain/test/capture-kit.js';
import { CustodyStatementReader } from '../custody/custody-statement.reader.js';
import { defaultRuleSet } from '../engine/rule-set.js';
import { EdgeBuilder } from '../trace/edge-builder.service.js';
import { AuditReferenceReader } from './audit-reference.reader.js';
import { AuditRunService } from './audit-run.service.js';
import { AuditedEventReader } from './audited-event.reader.js';
import { FindingReader } from './finding.reader.js';
import { FindingStore } from './finding-store.service.js';

jest.setTimeout(120_000);

/** Long after everything that was captured may still be waited for. */
const LATER = new Date(Date.now() + 40 * 86_400_000);

describe('work on events that were traced', () => {
  let store: TestStore;
  let audits: AuditRunService;
  let receiver: OtlpReceiver;
  let tracing: Tracing;

  beforeAll(async () => {
    store = await openStore();
    const { source } = store;
    const findings = new FindingStore(source, new FindingReader(source));
    const readers = [new AuditedEventReader(source), new AuditReferenceReader(source)] as const;
    audits = new AuditRunService(source, ...readers, findings, new CustodyStatementReader(source));
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    await store.empty();
    await store.source.query('TRUNCATE edge_queue, audit_queue');
    receiver = await startOtlpReceiver();
    const tracesUrl = `${receiver.endpoint}/v1/traces`;
    tracing = await startTracing({ tracesUrl, serviceName: undefined, resourceAttributes: '' }, 'spec');
  });

  const capture = (name: string, ...events: EpcisEvent[]): Promise<void> =>
    inSpan(name, {}, async () => {
      const options = { partner: PARTNER, errorBehaviour: 'ROLLBACK' } as const;
      const { state } = await new CaptureService(store.source).capture(documentOf(events), options);
      expect(state).toBe('SUCCEEDED');
    });
  const spansAfter = async (work: () => Promise<unknown>): Promise<(name: string) => ReceivedSpan[]> => {
    try {
      await work();
    } finally {
      await tracing.stop();
      await receiver.stop();
    }
    return (name) => receiver.spans.filter((span) => span.name === name);
  };

  it('is in the trace of their capture, however it was asked for', async () => {
    const named = await spansAfter(async () => {
      // The key of an event has microseconds.
      await capture('request', { ...shipment(1), eventTime: '2026-01-05T08:00:00.123456Z' });
      await new EdgeBuilder(store.source).run();
      await audits.run(defaultRuleSet(), LATER);
    });
    const [request] = named('request');
    for (const name of ['graph stage', 'audit stage'])
      expect(named(name)).toMatchObject([
        { traceId: request!.traceId, attributes: { 'tallyhouse.events': 1 } },
      ]);
  });

  it('joins two captures that it takes together, and is nothing’s where nothing was taken', async () => {
    const named = await spansAfter(async () => {
      await capture('first', shipment(2));
      await capture('second', shipment(3), shipment(4));
      for (const _ of [1, 2]) await new EdgeBuilder(store.source).run();
      for (const _ of [1, 2]) await audits.run(defaultRuleSet(), LATER);
    });
    const [[first], [second]] = [named('first'), named('second')];
    for (const name of ['graph stage', 'audit stage']) {
      expect(named(name)).toMatchObject([{ traceId: first!.traceId, links: [{ traceId: second!.traceId }] }]);
      expect(named(`${name} (joined)`)).toMatchObject([{ traceId: second!.traceId }]);
    }
  });

  it('is no part of captures from the day before, which a change of the rules audits again', async () => {
    const named = await spansAfter(async () => {
      await capture('request', shipment(5));
      await store.source.query("UPDATE capture_job SET created_at = created_at - interval '25 hours'");
      await audits.run(defaultRuleSet(), LATER);
    });
    expect([named('request').length, named('audit stage')]).toEqual([1, []]);
  });
});
