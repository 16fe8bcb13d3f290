import { describe, expect, it } from '@jest/globals';
import { progressOf } from './recall-progress.js';
import type { RecallHolderRow, RecallRow } from './recall.reader.js';

const at = (minute: number): Date => new Date(Date.UTC(2026, 3, 1, 9, minute));
const RECALL: RecallRow = {
  ...{ id: '0x1', partner: '0xa1', criteriaHash: '0x2', affectedRoot: '0x3', affectedCount: 3 },
  criteria: { items: ['urn:a'], products: [], sites: [], from: null, to: null },
  ...{ createdAt: at(0), listedAt: at(1), drill: true, state: 'OPEN', lastError: null },
  ...{ openedBlock: null, openedTime: null, openedTx: null, closedTime: null, outcome: null },
};
const holder = (change: Partial<RecallHolderRow>): RecallHolderRow => ({
  ...{ partner: '0xa1', name: null, items: 1, toldAt: at(1), deliveredAt: null, deliveryError: null },
  ...{ acknowledgedBlock: null, acknowledgedTime: null, recovered: null },
  ...change,
});
const KILOGRAMS = { uom: 'KGM', affected: 100, gone: 40, located: 50 };

describe('the clock of a recall', () => {
  it('has every holder answered only when the last has, and keeps that time', () => {
    const one = holder({ acknowledgedTime: at(5), deliveredAt: at(2) });
    const some = progressOf(RECALL, [one, holder({ partner: '0xa2' })], []);
    expect(some).toMatchObject({ holders: 2, answered: 1, answeredAt: null, lastAnswerAt: at(5) });
    const all = progressOf(RECALL, [one, holder({ partner: '0xa2', acknowledgedTime: at(9) })], []);
    expect(all).toMatchObject({ answered: 2, answeredAt: at(9), delivered: 1, deliveredAt: at(2) });
    expect(progressOf(RECALL, [], []).answeredAt).toBeNull();
  });

  it('counts as accounted what is gone and what is recovered, and never more than there was', () => {
    const half = progressOf(RECALL, [holder({ recovered: 30 })], [KILOGRAMS]);
    expect(half.accounts).toEqual([{ ...KILOGRAMS, recovered: 30, accountedShare: 0.7 }]);
    const more = progressOf(RECALL, [holder({ recovered: 90 })], [KILOGRAMS]);
    expect(more.accounts[0]!.accountedShare).toBe(1);
  });

  it('says no share where two units of measure are open, since a holder gives one number', () => {
    const pieces = { uom: 'EA', affected: 10, gone: 0, located: 10 };
    const used = { uom: 'LTR', affected: 7, gone: 7, located: 0 };
    const { accounts } = progressOf(RECALL, [holder({ recovered: 5 })], [pieces, KILOGRAMS, used]);
    expect(accounts.map(({ accountedShare }) => accountedShare)).toEqual([null, null, 1]);
  });

  it('takes what a stranger recovered, and does not wait for an answer of one who was not told', () => {
    const stranger = holder({ partner: '0xa9', toldAt: null, acknowledgedTime: at(7), recovered: 60 });
    const progress = progressOf(RECALL, [holder({ acknowledgedTime: at(3) }), stranger], [KILOGRAMS]);
    expect(progress).toMatchObject({ holders: 1, answeredAt: at(3), lastAnswerAt: at(7) });
    expect(progress.accounts[0]!.accountedShare).toBe(1);
  });
});
