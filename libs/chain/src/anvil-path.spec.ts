import { describe, expect, it } from '@jest/globals';
import { anvilPath } from './anvil-path.js';

describe('anvilPath', () => {
  it('says so when there is no program for the machine', () => {
    expect(() => anvilPath('plan9', 'mips')).toThrow(expect.objectContaining({ code: 'ANVIL_UNAVAILABLE' }));
  });
});
