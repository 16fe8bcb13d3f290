/** The library of WebAuthn, read when the first passkey is used: it brings some two hundred modules with it. */
export function webAuthn(): Promise<typeof import('@simplewebauthn/server')> {
  return import('@simplewebauthn/server');
}
