import { describe, expect, it } from '@jest/globals';
import { artifactsConfig } from './artifacts-config.js';

const KEYS = { S3_REGION: 'eu-1', S3_ACCESS_KEY_ID: 'key-of-one', S3_SECRET_ACCESS_KEY: 'secret-of-one' };

describe('ARTIFACT_STORES', () => {
  it('is the folder when nothing is said', () => {
    expect(artifactsConfig({})).toEqual({ stores: [{ kind: 'file' }], writeQuorum: 1 });
  });

  it('names buckets with keys of their own, and all have to have what is written unless fewer are said', () => {
    const second = {
      S3_REGION_2: 'us-1',
      S3_ACCESS_KEY_ID_2: 'two',
      S3_SECRET_ACCESS_KEY_2: 'secret-of-two',
    };
    const places = 'https://s3.eu-1.example.com/models/tally/v1, file, https://other.example.com:9000/backup';
    const config = artifactsConfig({ ...KEYS, ...second, ARTIFACT_STORES: places });
    expect(config.writeQuorum).toBe(3);
    expect(config.stores).toMatchObject([
      {
        kind: 's3',
        origin: 'https://s3.eu-1.example.com',
        bucket: 'models',
        prefix: 'tally/v1/',
        region: 'eu-1',
      },
      { kind: 'file' },
      {
        origin: 'https://other.example.com:9000',
        bucket: 'backup',
        prefix: '',
        secretAccessKey: 'secret-of-two',
      },
    ]);
    expect(
      artifactsConfig({ ...KEYS, ...second, ARTIFACT_STORES: places, ARTIFACT_WRITE_QUORUM: '2' })
        .writeQuorum,
    ).toBe(2);
  });

  it('leads nowhere else: https, no keys in the address, no metadata services, no strange names', () => {
    const wrong = [
      ...[
        'http://s3.example.com/models',
        'https://user:pass@s3.example.com/models',
        'ftp://s3.example.com/models',
      ],
      ...['https://s3.example.com', 'https://s3.example.com/models?x=1', 'https://s3.example.com/models#x'],
      ...[
        'https://169.254.169.254/models',
        'https://[fe80::1]/models',
        'https://s3.example.com/mo%2e%2e/x',
        'folder',
      ],
    ];
    for (const place of wrong)
      expect(() => artifactsConfig({ ...KEYS, ARTIFACT_STORES: place })).toThrow(
        /ARTIFACT_STORES: store 1 of S3/,
      );
    const trusted = { ARTIFACT_TRUSTED_ORIGINS: 'http://127.0.0.1:9000' };
    const local = artifactsConfig({ ...KEYS, ...trusted, ARTIFACT_STORES: 'http://127.0.0.1:9000/models' });
    expect(local.stores).toMatchObject([{ origin: 'http://127.0.0.1:9000' }]);
  });

  it('names every variable that is missing and repeats no key', () => {
    const read = (): unknown =>
      artifactsConfig({
        ...KEYS,
        ARTIFACT_STORES: 'https://a.example/models,https://b.example/models',
        ARTIFACT_WRITE_QUORUM: '9',
      });
    expect(read).toThrow(
      /S3_REGION_2[\s\S]*S3_ACCESS_KEY_ID_2[\s\S]*S3_SECRET_ACCESS_KEY_2[\s\S]*ARTIFACT_WRITE_QUORUM/,
    );
    expect(read).not.toThrow(/of-one/);
    expect(() => artifactsConfig({ ARTIFACT_STORES: 'file,file' })).toThrow(/names a store twice/);
  });
});
