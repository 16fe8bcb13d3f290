const ROW = 'id eventHashId type action eventTime recordTime bizStep readPoint bizLocation partner status';

export const EVENTS = /* GraphQL */ `
  query Events($filter: EventFilter, $first: Int, $after: String) {
    events(filter: $filter, first: $first, after: $after) {
      edges { node { ${ROW} } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

export const EVENT = /* GraphQL */ `
  query Event($id: ID!) {
    event(id: $id) {
      ${ROW}
      timeZoneOffset disposition body
      items { role uri quantity uom }
      anchor { root seq batchCount blockNumber txHash blockTime }
      corrections { declaredErroneousBy reason declarationTime correctiveEventIds correctedBy }
      corrects { id type bizStep eventTime }
    }
  }
`;

export const PROOF = /* GraphQL */ `
  query Proof($eventId: ID!) {
    proof(eventId: $eventId) {
      eventId
      eventHashId
      jcsSha256
      disclosureRoot
      submitter
      recordTimeSeconds
      leaf
      leafIndex
      path
      root
      partner
      seq
      prevHead
      head
      schemaId
      chainId
      blockNumber
      blockHash
      txHash
      logIndex
    }
  }
`;

export const PROOF_BUNDLE = /* GraphQL */ `
  query ProofBundle($eventId: ID!) {
    proofBundle(eventId: $eventId)
  }
`;

export const PARTNERS = /* GraphQL */ `
  query Partners {
    partners {
      address
      gln
      name
    }
  }
`;
