import { factTable } from '../protocol.js';

export const partnerRegistered = factTable('partner_registered', {
  partner: 'text',
  gln: 'text',
  name: 'text',
  metadata_hash: 'text',
});

export const partnerRemoved = factTable('partner_removed', { partner: 'text' });

export const submitterSet = factTable('submitter_set', {
  partner: 'text',
  submitter: 'text',
  valid_from: 'timestamptz',
  valid_until: 'timestamptz',
});
