import { describe, expect, it } from '@jest/globals';
import { readBlocks } from '../../format/chain-markdown.js';
import type { ModelVersion } from '../../network/types.js';
import { descriptionOf, textFaults, valueWords } from './draft.js';
import { parameterOf, PARAMETERS, parseValue } from './parameters.js';

const PROPOSER = '0x90F79bf6EB2c4f870365E785982E1f101E93b906';
const version = {
  id: '0xaa',
  family: 'demand | weekly',
  artifactSha256: '0xbb',
  reportSha256: '0xcc',
  dataRoot: '0xdd',
  dataBlock: '17',
  uri: String.raw`urn:a\b`,
} as unknown as ModelVersion;

describe('descriptionOf', () => {
  it('begins with the title and ends with the proposer, whatever lines the text has', () => {
    const text = descriptionOf(' Two \n words ', 'One.\r\n\r\nTwo.\n', { kind: 'text' }, PROPOSER);
    expect(text).toBe(`# Two words\n\nOne.\n\nTwo.\n\n#proposer=${PROPOSER}`);
  });

  it('gives the hashes as a table that is read back to the letter', () => {
    const text = descriptionOf('T', '', { kind: 'version', version, replaces: null }, PROPOSER);
    const [block] = readBlocks(text, 'T');
    if (block?.kind !== 'table') throw new Error('no table');
    const cells = block.rows.map((row) => row.map((spans) => spans.map((span) => span.text).join('')));
    expect(cells).toContainEqual(['model family', 'demand | weekly']);
    expect(cells).toContainEqual(['artifact', String.raw`urn:a\b`]);
    expect(cells).toContainEqual(['replaces', 'nothing']);
  });

  it('says a parameter today and as proposed', () => {
    const parameter = parameterOf('quorum')!;
    const text = descriptionOf(
      'T',
      '',
      { kind: 'parameter', parameter, value: 12n, now: '10 percent' },
      PROPOSER,
    );
    expect(text).toContain('| today | 10 percent |\n| proposed | 12 percent |');
  });
});

describe('textFaults', () => {
  it('wants a title and bounds both', () => {
    expect(textFaults(' ', '')).toEqual(['Give the proposal a title.']);
    expect(textFaults('x'.repeat(201), 'y'.repeat(32_769))).toHaveLength(2);
    expect(textFaults('A title', '')).toEqual([]);
  });
});

describe('parseValue', () => {
  it('reads tokens into their smallest unit and seconds as they are', () => {
    expect(parseValue(parameterOf('proposal-threshold')!, ' 1000 ')).toBe(1000n * 10n ** 18n);
    expect(parseValue(parameterOf('voting-period')!, '300')).toBe(300n);
  });

  it.each([
    ['quorum', '101'],
    ['voting-period', '0'],
    ['voting-delay', '-1'],
    ['timelock-delay', '1.5'],
    ['timelock-delay', '31536001'],
  ])('refuses %s of %s in words', (key, text) => {
    expect(parseValue(parameterOf(key)!, text)).toEqual(expect.stringMatching(/^(?:Write|Between) /));
  });

  it('takes both bounds of every parameter', () => {
    for (const one of PARAMETERS) {
      for (const bound of [one.least, one.most]) {
        const typed = one.unit === 'tokens' ? bound / 10n ** 18n : bound;
        expect(parseValue(one, typed.toString())).toBe(bound);
      }
    }
  });
});

describe('valueWords', () => {
  it('keeps a part of a token', () => {
    expect(valueWords(parameterOf('proposal-threshold')!, 1_500n * 10n ** 18n + 5n * 10n ** 17n)).toBe(
      '1,500.5 tokens',
    );
    expect(valueWords(parameterOf('voting-delay')!, 3600n)).toBe('3,600 seconds');
  });
});
