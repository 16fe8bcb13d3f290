const PROPOSAL_ROW = /* GraphQL */ `
  id proposer state title description voteStart voteEnd eta forVotes againstVotes abstainVotes quorum
`;

export const MODEL_VERSION = /* GraphQL */ `
  id family artifactSha256 reportSha256 dataRoot dataBlock uri proposer state proposedBlock
`;

export const PROPOSALS = /* GraphQL */ `
  query Proposals($state: ProposalState, $first: Int, $after: String) {
    proposals(state: $state, first: $first, after: $after) {
      edges { node { ${PROPOSAL_ROW} } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

export const PROPOSAL = /* GraphQL */ `
  query Proposal($id: ID!) {
    proposal(id: $id) {
      ${PROPOSAL_ROW}
      targets callValues calldatas descriptionHash createdBlock createdTx executedTx
      modelChange {
        family
        fromVersion { ${MODEL_VERSION} }
        toVersion { ${MODEL_VERSION} }
      }
    }
  }
`;

export const VOTES = /* GraphQL */ `
  query Votes($id: ID!, $first: Int, $after: String) {
    proposal(id: $id) {
      id
      votes(first: $first, after: $after) {
        edges {
          node {
            voter
            support
            weight
            reducedBy
            isOverride
            reason
            blockNumber
            txHash
            blockTime
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`;

export const DELEGATES = /* GraphQL */ `
  query Delegates($first: Int) {
    delegates(first: $first) {
      edges {
        node {
          address
          votes
        }
      }
    }
  }
`;
