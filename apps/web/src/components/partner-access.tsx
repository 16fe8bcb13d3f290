import { useState } from 'react';
import { useViewer } from '../network/session/use-viewer.js';

/** How the reader acts for a partner: signed in as it, or else by one of its keys. */
export function usePartnerAccess() {
  const { viewer } = useViewer();
  const [key, setKey] = useState('');
  const partner = viewer?.roles.partner ?? null;
  const headers: Record<string, string> = partner ? {} : { 'x-api-key': key.trim() };
  return { partner, key, setKey, headers, isReady: partner !== null || key.trim() !== '' };
}

/** Says for whom the reader acts, or takes a key, which is sent once and kept nowhere. */
export function PartnerAccess({ access }: { access: ReturnType<typeof usePartnerAccess> }) {
  const { partner, key, setKey } = access;
  if (partner)
    return (
      <p className="field acting-as">
        You act for <strong>{partner.name}</strong>
      </p>
    );
  return (
    <label className="field field-grow">
      Your partner API key, or sign in as the partner
      <input
        type="password"
        autoComplete="off"
        value={key}
        required
        onChange={(event) => setKey(event.target.value)}
      />
    </label>
  );
}
