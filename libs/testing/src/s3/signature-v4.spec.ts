import { describe, expect, it } from '@jest/globals';
import { signature, signatureFault, type SignedRequest } from './signature-v4.js';

/** Keys, requests and signatures of the examples in Amazon's reference of S3, "Signature Calculations: Examples". */
const WHO = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
};
const DATE = '20130524T000000Z';
const NOW = new Date('2013-05-24T00:00:00Z');
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const BASE = { host: 'examplebucket.s3.amazonaws.com', 'x-amz-content-sha256': EMPTY, 'x-amz-date': DATE };
const COMMON = ['host', 'x-amz-content-sha256', 'x-amz-date'];

interface Example {
  readonly request: SignedRequest;
  readonly signed: readonly string[];
  readonly expected: string;
}

const EXAMPLES: Readonly<Record<string, Example>> = {
  'reading a part of an object': {
    request: { method: 'GET', path: '/test.txt', query: '', headers: { ...BASE, range: 'bytes=0-9' } },
    signed: ['host', 'range', 'x-amz-content-sha256', 'x-amz-date'],
    expected: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  },
  'writing an object': {
    request: {
      ...{ method: 'PUT', path: '/test%24file.text', query: '' },
      headers: {
        ...BASE,
        date: 'Fri, 24 May 2013 00:00:00 GMT',
        'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
        'x-amz-storage-class': 'REDUCED_REDUNDANCY',
      },
    },
    signed: ['date', 'host', 'x-amz-content-sha256', 'x-amz-date', 'x-amz-storage-class'],
    expected: '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  },
  'a query without a value': {
    request: { method: 'GET', path: '/', query: 'lifecycle', headers: BASE },
    signed: COMMON,
    expected: 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  },
  'listing objects': {
    request: { method: 'GET', path: '/', query: 'prefix=J&max-keys=2', headers: BASE },
    signed: COMMON,
    expected: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  },
};

describe('AWS Signature Version 4', () => {
  for (const [name, { request, signed, expected }] of Object.entries(EXAMPLES))
    it(`gives the published signature of ${name}, and takes no other`, () => {
      expect(signature(request, signed, WHO, DATE)).toBe(expected);
      const with_ = (given: string, headers = {}): SignedRequest => ({
        ...request,
        headers: {
          ...request.headers,
          ...headers,
          authorization: `AWS4-HMAC-SHA256 Credential=${WHO.accessKeyId}/20130524/us-east-1/s3/aws4_request,SignedHeaders=${signed.join(';')},Signature=${given}`,
        },
      });
      expect(signatureFault(with_(expected), WHO, NOW)).toBeUndefined();
      expect(signatureFault(with_(`0${expected.slice(1)}`), WHO, NOW)).toBe('SignatureDoesNotMatch');
      expect(signatureFault(with_(expected, { host: 'evil.example' }), WHO, NOW)).toBe(
        'SignatureDoesNotMatch',
      );
      expect(signatureFault({ ...with_(expected), path: '/other' }, WHO, NOW)).toBe('SignatureDoesNotMatch');
      expect(signatureFault(with_(expected), { ...WHO, secretAccessKey: 'x' }, NOW)).toBe(
        'SignatureDoesNotMatch',
      );
      expect(signatureFault(with_(expected), { ...WHO, accessKeyId: 'x' }, NOW)).toBe('InvalidAccessKeyId');
      expect(signatureFault(with_(expected), WHO, new Date(NOW.getTime() + 16 * 60_000))).toBe(
        'RequestTimeTooSkewed',
      );
      expect(signatureFault(request, WHO, NOW)).toBe('AccessDenied');
    });
});
