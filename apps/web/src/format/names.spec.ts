import { describe, expect, it } from '@jest/globals';
import { identifierPath, proposalTitle, shortHex, shortId, stateWord, vocabularyWord } from './names.js';

describe('names', () => {
  it('cuts long hashes in the middle and leaves short ones whole', () => {
    expect(shortHex(`0x${'ab'.repeat(32)}`)).toBe('0xababab…abab');
    expect(shortHex('0x1234')).toBe('0x1234');
  });

  it('shows the digest of an event hash and not its scheme', () => {
    expect(shortHex(`ni:///sha-256;${'cd'.repeat(32)}?ver=CBV2.0`)).toBe('ni:cdcdcd…cdcd');
  });

  it('tells long proposal ids apart by head and tail', () => {
    expect(shortId('12345678901234567890')).toBe('123456…7890');
  });

  it('reads one word from every form of a vocabulary term', () => {
    expect(vocabularyWord('https://ref.gs1.org/cbv/BizStep-shipping')).toBe('shipping');
    expect(vocabularyWord('urn:epcglobal:cbv:bizstep:storing')).toBe('storing');
    expect(vocabularyWord('in_transit')).toBe('in transit');
  });

  it('takes the resolver off a Digital Link and leaves a URN', () => {
    expect(identifierPath('https://id.gs1.org/01/09521321000010/21/8')).toBe('/01/09521321000010/21/8');
    expect(identifierPath('urn:epc:id:sgtin:1.2.3')).toBe('urn:epc:id:sgtin:1.2.3');
  });

  it('titles a proposal by its first line when no title is given', () => {
    expect(proposalTitle(null, '# Demand: better\n\nmore')).toBe('Demand: better');
    expect(proposalTitle('', '')).toBe('Untitled proposal');
  });

  it('writes states as words', () => {
    expect(stateWord('ROLLED_BACK')).toBe('Rolled back');
  });
});
