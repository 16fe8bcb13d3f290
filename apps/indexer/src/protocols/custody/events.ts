import { factTable } from '../protocol.js';

const parties = { unit: 'text', sender: 'text', recipient: 'text' } as const;

export const custodyOffered = factTable('custody_offered', { ...parties, deadline: 'timestamptz' });
export const custodyAccepted = factTable('custody_accepted', parties);
export const custodyRejected = factTable('custody_rejected', { ...parties, reason: 'text' });
export const custodyWithdrawn = factTable('custody_withdrawn', parties);
export const custodyReleased = factTable('custody_released', {
  unit: 'text',
  holder: 'text',
  reason: 'text',
});
