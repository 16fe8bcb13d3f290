import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { firstDifference, schemaText } from './generate-schema.js';

describe('schema.graphql', () => {
  it('is what the code says', async () => {
    const present = readFileSync(new URL('../../../../schema.graphql', import.meta.url), 'utf8');
    expect(firstDifference(present, await schemaText())).toBeUndefined();
  });

  it('a difference is named by its first line', () => {
    expect(firstDifference('a\nb\nc', 'a\nx\nc')).toBe('line 2\n- b\n+ x');
    expect(firstDifference('a\nb', 'a')).toBe('line 2\n- b\n+ (end)');
    expect(firstDifference('a', 'a\nb')).toBe('line 2\n- (end)\n+ b');
    expect(firstDifference('a', 'a')).toBeUndefined();
  });
});
