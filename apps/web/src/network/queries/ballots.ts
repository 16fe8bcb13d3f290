export const RELAYER = /* GraphQL */ `
  query Relayer {
    relayer {
      isUp
      reason
    }
  }
`;

export const RELAY_BALLOT = /* GraphQL */ `
  mutation RelayBallot($ballot: BallotInput!) {
    relayBallot(ballot: $ballot) {
      ballot {
        id
      }
      refusal {
        code
        message
      }
    }
  }
`;

export const RELAYED_BALLOT = /* GraphQL */ `
  query RelayedBallot($id: ID!) {
    relayedBallot(id: $id) {
      state
      txHash
      blockNumber
      failure
    }
  }
`;
