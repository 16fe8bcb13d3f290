import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkText } from './check-bundle.js';
import { onPage } from './on-page.js';

const whole = readFileSync(join(import.meta.dirname, '../../../../libs/proofs/vectors/2/whole.json'), 'utf8');

describe('the words of a step on the page', () => {
  it('name the field of the page for everything that a step leaves open', () => {
    const open = checkText(whole, { header: '', anchor: '', registry: '' }).steps.filter(
      ({ status }) => status === 'open',
    );
    const said = open.map(({ says }) => onPage(says));
    expect(said.map((says) => /\(field “(.+)” of the page Verify\)$/.exec(says)?.[1])).toEqual([
      'Block hash',
      'TraceAnchor',
      'PartnerRegistry',
    ]);
    expect(said.join()).not.toContain('--');
  });

  it('stay as they are otherwise', () => {
    expect(onPage('no field was asked for by name')).toBe('no field was asked for by name');
    expect(onPage('an option (--other)')).toBe('an option (--other)');
  });
});
