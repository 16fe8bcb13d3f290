import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

const FLAG = { present: 0x01, verified: 0x04, eligible: 0x08, backedUp: 0x10, attested: 0x40 } as const;

/** What an authenticator says of a use, where it is not what an honest one says. */
export interface Use {
  readonly origin: string;
  readonly isVerified?: boolean;
  readonly isEligible?: boolean;
  readonly isBackedUp?: boolean;
  readonly counter?: number;
  readonly userHandle?: string;
  readonly crossOrigin?: boolean;
}

interface Asked {
  readonly challenge: string;
}

/** An authenticator in software, by the letter of WebAuthn: an ES256 key, a counter and the flags. */
export class SoftAuthenticator {
  public readonly credentialId = randomBytes(32).toString('base64url');
  public counter = 0;
  private readonly key: KeyObject;
  private readonly publicKey: KeyObject;

  public constructor(private readonly rpId: string) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    [this.key, this.publicKey] = [privateKey, publicKey];
  }

  /** What `navigator.credentials.create` gives, without attestation. */
  public create({ challenge }: Asked, use: Use): object {
    const id = Buffer.from(this.credentialId, 'base64url');
    const length = Buffer.from([id.length >> 8, id.length & 0xff]);
    const attested = Buffer.concat([Buffer.alloc(16), length, id, this.cosePublicKey()]);
    const authData = Buffer.concat([this.authData(use, FLAG.attested), attested]);
    const object = map([
      [text('fmt'), text('none')],
      [text('attStmt'), map([])],
      [text('authData'), bytes(authData)],
    ]);
    return this.credential({
      clientDataJSON: clientData('webauthn.create', challenge, use).toString('base64url'),
      attestationObject: object.toString('base64url'),
      transports: ['internal'],
    });
  }

  /** What `navigator.credentials.get` gives. */
  public get({ challenge }: Asked, use: Use): object {
    this.counter = use.counter ?? this.counter + 1;
    const data = clientData('webauthn.get', challenge, use);
    const authData = this.authData(use, 0);
    const signed = Buffer.concat([authData, createHash('sha256').update(data).digest()]);
    return this.credential({
      clientDataJSON: data.toString('base64url'),
      authenticatorData: authData.toString('base64url'),
      signature: sign('sha256', signed, this.key).toString('base64url'),
      ...(use.userHandle === undefined ? {} : { userHandle: use.userHandle }),
    });
  }

  private credential(response: object): object {
    const id = this.credentialId;
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  }

  private authData({ isVerified = true, isEligible = false, isBackedUp = false }: Use, more: number): Buffer {
    const flags =
      FLAG.present |
      (isVerified ? FLAG.verified : 0) |
      (isEligible ? FLAG.eligible : 0) |
      (isBackedUp ? FLAG.backedUp : 0) |
      more;
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    return Buffer.concat([createHash('sha256').update(this.rpId).digest(), Buffer.from([flags]), counter]);
  }

  /** The public key in COSE: an elliptic key (1: 2) for ES256 (3: -7) on P-256 (-1: 1). */
  private cosePublicKey(): Buffer {
    const { x, y } = this.publicKey.export({ format: 'jwk' });
    return map([
      [int(1), int(2)],
      [int(3), int(-7)],
      [int(-1), int(1)],
      [int(-2), bytes(Buffer.from(x!, 'base64url'))],
      [int(-3), bytes(Buffer.from(y!, 'base64url'))],
    ]);
  }
}

function clientData(type: string, challenge: string, { origin, crossOrigin = false }: Use): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin }));
}

/** The head of a CBOR item (RFC 8949). */
function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.from([(major << 5) | 25, value >> 8, value & 0xff]);
}
const int = (value: number): Buffer => (value < 0 ? head(1, -1 - value) : head(0, value));
const bytes = (value: Buffer): Buffer => Buffer.concat([head(2, value.length), value]);
const text = (value: string): Buffer => Buffer.concat([head(3, value.length), Buffer.from(value)]);
const map = (pairs: readonly (readonly [Buffer, Buffer])[]): Buffer =>
  Buffer.concat([head(5, pairs.length), ...pairs.flat()]);
