import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkText, pinFaults, showOnly } from './check-bundle.js';

const folder = join(import.meta.dirname, '../../../../libs/proofs/vectors/2');
const whole = readFileSync(join(folder, 'whole.json'), 'utf8');
const cases = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')) as Record<string, string>;
const pins = { header: cases.header!, anchor: cases.anchorContract!, registry: cases.registry! };
const none = { header: '', anchor: ' ', registry: '' };

describe('the verifier of the page', () => {
  it('finds the vector valid, and only consistent where nothing is pinned', () => {
    expect(checkText(whole, pins)).toMatchObject({ verdict: 'valid' });
    expect(checkText(whole, pins).steps.every(({ status }) => status === 'ok')).toBe(true);
    expect(checkText(whole, none)).toMatchObject({ verdict: 'consistent' });
  });

  it('names the first step that fails, also for what is no bundle at all', () => {
    expect(checkText(whole.replace('"shipping"', '"receiving"'), pins).failed).toBe('content');
    expect(checkText('{"format":', none)).toMatchObject({ verdict: 'invalid', failed: 'format' });
  });

  it('makes a bundle that shows fewer fields and still holds', () => {
    const fewer = checkText(showOnly(whole, ['/bizStep']), pins);
    expect(fewer).toMatchObject({ verdict: 'valid', facts: { hidden: 15, shown: [{ path: '/bizStep' }] } });
  });

  it('tells which field cannot be what it is meant for', () => {
    expect(pinFaults(pins)).toEqual([]);
    expect(
      pinFaults({ header: '0x12', anchor: pins.header, registry: '' }).map(({ field }) => field),
    ).toEqual(['header', 'anchor']);
  });
});
