import { Answer } from '../../components/states.js';
import { CUSTODY_OFFERS } from '../../network/queries/custody.js';
import type { CustodyOffer } from '../../network/audit-types.js';
import { useRead } from '../../network/reads.js';
import type { Hex, Partner } from '../../network/types.js';
import { StepWords } from '../governance/step-words.js';
import { useStep } from '../governance/use-step.js';
import { OfferForm } from './offer-form.js';
import { OffersMade } from './offers-made.js';
import { OffersReceived } from './offers-received.js';

const EVERY_MS = 8_000;

export interface DeskProps {
  account: Hex;
  partner: Partner;
  partners: Partner[];
}

/** What the parts of the page share: who acts, how a step is run, how partners are called. */
export interface Acting {
  account: Hex;
  partner: Hex;
  busy: boolean;
  run: ReturnType<typeof useStep>['run'];
  nameOf: (address: Hex) => string;
}

/** Everything that one partner can do about custody now. */
export function Desk({ account, partner, partners }: DeskProps) {
  const { step, run, busy } = useStep();
  const names = new Map(partners.map(({ address, name }) => [address.toLowerCase(), name]));
  const acting: Acting = {
    ...{ account, partner: partner.address, busy, run },
    nameOf: (address) => names.get(address.toLowerCase()) ?? address,
  };
  const read = useRead<{ received: CustodyOffer[]; made: CustodyOffer[] }>(
    'custody',
    CUSTODY_OFFERS,
    { partner: partner.address },
    { everyMs: EVERY_MS },
  );
  return (
    <>
      <StepWords step={step} />
      <Answer of={read} rows={8}>
        {({ received, made }) => (
          <>
            <OffersReceived offers={received} acting={acting} />
            <OfferForm
              acting={acting}
              recipients={partners.filter((one) => one.address !== partner.address)}
            />
            <OffersMade offers={made} acting={acting} />
          </>
        )}
      </Answer>
    </>
  );
}
