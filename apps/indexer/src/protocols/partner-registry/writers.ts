import { partnerRegistryAbi } from '@tallyhouse/chain';
import { address, time } from '../cells.js';
import { writer, type Protocol } from '../protocol.js';
import { partnerRegistered, partnerRemoved, submitterSet } from './events.js';

export const partnerRegistryProtocol: Protocol = {
  name: 'partner-registry',
  contract: 'PartnerRegistry',
  writers: [
    writer(partnerRegistryAbi, 'PartnerRegistered', partnerRegistered, (event) => ({
      partner: address(event.partner),
      gln: event.gln,
      name: event.name,
      metadata_hash: event.metadataHash,
    })),
    writer(partnerRegistryAbi, 'PartnerRemoved', partnerRemoved, (event) => ({
      partner: address(event.partner),
    })),
    writer(partnerRegistryAbi, 'SubmitterSet', submitterSet, (event) => ({
      partner: address(event.partner),
      submitter: address(event.submitter),
      valid_from: time(event.validFrom),
      valid_until: time(event.validUntil),
    })),
  ],
};
