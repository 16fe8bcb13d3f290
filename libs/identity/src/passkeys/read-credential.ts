import { z } from 'zod';
import { IdentityError } from '../identity.errors.js';

const MAX_TEXT = 16_384;
const text = z.string().min(1).max(MAX_TEXT);

/** What a browser sends, by the names of the standard (`PublicKeyCredential.toJSON`); what else it says is left out. */
const schema = z.object({
  id: text,
  rawId: text,
  type: z.literal('public-key'),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
  response: z.object({
    clientDataJSON: text,
    attestationObject: text.optional(),
    authenticatorData: text.optional(),
    signature: text.optional(),
    userHandle: z.string().max(MAX_TEXT).nullish(),
    transports: z.array(z.string().max(40)).max(10).optional(),
  }),
});

const clientData = z.object({ challenge: text, crossOrigin: z.boolean().optional() });

/** A credential that can be read; nothing of it is believed yet. */
export interface ReadCredential {
  /** base64url. */
  readonly id: string;
  readonly challenge: string;
  readonly sent: z.infer<typeof schema>;
}

/**
 * Reads what a browser made with a passkey.
 *
 * @throws IdentityError `PASSKEY_INVALID` naming the field; `PASSKEY_REFUSED` when it was made inside of another page
 */
export function readCredential(value: unknown): ReadCredential {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = ['credential', ...(issue?.path ?? [])].join('.');
    throw new IdentityError('PASSKEY_INVALID', `${field}: ${issue?.message ?? 'cannot be read'}`);
  }
  const { challenge, crossOrigin } = readClientData(parsed.data.response.clientDataJSON);
  if (crossOrigin === true)
    throw new IdentityError(
      'PASSKEY_REFUSED',
      'origin: the passkey was used inside of a page of another origin',
    );
  return { id: parsed.data.id, challenge, sent: parsed.data };
}

function readClientData(encoded: string): z.infer<typeof clientData> {
  try {
    return clientData.parse(JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')));
  } catch {
    throw new IdentityError('PASSKEY_INVALID', 'credential.response.clientDataJSON: cannot be read');
  }
}
