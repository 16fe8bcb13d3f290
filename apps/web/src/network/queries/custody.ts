const TRANSFER = /* GraphQL */ `
  unit
  uri
  sender
  recipient
  state
  reason
  deadline
  offeredTime
`;

/** Whom an account speaks for, and everybody whom goods may be offered to. */
export const CUSTODY_PARTIES = /* GraphQL */ `
  query CustodyParties($account: Hex!) {
    partnersSpokenFor(account: $account) {
      address
      name
    }
    partners {
      address
      name
    }
  }
`;

export const CUSTODY_OFFERS = /* GraphQL */ `
  query CustodyOffers($partner: Hex!) {
    received: custodyOffers(recipient: $partner) {${TRANSFER}}
    made: custodyOffersMade(sender: $partner) {${TRANSFER}}
  }
`;
