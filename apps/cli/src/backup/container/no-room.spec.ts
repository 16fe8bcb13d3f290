import { describe, expect, it } from '@jest/globals';
import { open } from 'node:fs/promises';
import { orNoRoom } from './no-room.js';

describe('a backup that is not written', () => {
  it('says that the disk is full, and what to do about it', async () => {
    const full = await open('/dev/full', 'w');
    const failure: unknown = await full.writeFile('a row').catch((error: unknown) => error);
    await full.close();
    expect(orNoRoom(failure, '/backups/b.tar')).toMatchObject({
      message: expect.stringMatching(/^no room is left where \/backups\/b.tar lies/),
      advice: expect.stringMatching(/^free some space/),
    });
  });

  it('says anything else as it was said', () => {
    const failure = new Error('the connection is gone');
    expect(orNoRoom(failure, '/backups/b.tar')).toBe(failure);
  });
});
