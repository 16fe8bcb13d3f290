import { describe, expect, it } from '@jest/globals';
import { completeLock } from './lockfile.js';

const parent = {
  version: '1.0.0',
  dev: true,
  optionalDependencies: { '@a/b-darwin-arm64': '1.0.0', '@a/b-linux-x64-gnu': '1.0.0' },
};
const present = { version: '1.0.0', os: ['linux'], cpu: ['x64'] };

describe('completeLock', () => {
  it('adds what is missing with its platform and leaves what is there', () => {
    const complete = completeLock({
      '': {},
      'node_modules/b': parent,
      'node_modules/@a/b-linux-x64-gnu': present,
    });
    expect(complete['node_modules/@a/b-darwin-arm64']).toEqual({
      version: '1.0.0',
      optional: true,
      os: ['darwin'],
      cpu: ['arm64'],
      dev: true,
    });
    expect(complete['node_modules/@a/b-linux-x64-gnu']).toBe(present);
    expect(completeLock(complete)).toEqual(complete);
  });

  it('nests a version that differs from the one on top', () => {
    const other = {
      '': {},
      'node_modules/b': parent,
      'node_modules/@a/b-darwin-arm64': { version: '2.0.0' },
    };
    expect(completeLock(other)['node_modules/b/node_modules/@a/b-darwin-arm64']).toMatchObject({
      version: '1.0.0',
    });
  });
});
