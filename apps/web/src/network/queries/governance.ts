const PROPOSAL_ROW = /* GraphQL */ `
  id proposer state title description voteStart voteEnd eta forVotes againstVotes abstainVotes quorum
`;

export const MODEL_VERSION = /* GraphQL */ `
  id family artifactSha256 reportSha256 dataRoot dataBlock uri proposer state proposedBlock
`;

export const PROPOSALS = /* GraphQL */ `
  query Proposals(
    $state: ProposalState, $first: Int, $after: String, $sort: ProposalSort! = NEWEST, $filter: ProposalFilter
  ) {
    proposals(state: $state, first: $first, after: $after, sort: $sort, filter: $filter) {
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
      lifecycle { state at byClock blockNumber txHash }
      timelockOperation { id scheduledAt scheduledTx readyAt executedAt canceledAt }
      turnout { snapshot supply cast share voters }
      modelChange {
        family
        fromVersion { ${MODEL_VERSION} }
        toVersion { ${MODEL_VERSION} }
      }
    }
  }
`;

const MODEL_SIDE = /* GraphQL */ `
  forecaster
  licence
  artifact { bytes state }
  record { runs scored meanSmape coverage80 relativeMase }
`;

export const PARAMETERS = 'parameters { name value meaning }';

/** Read once: the store is asked for the files of both versions. */
export const MODEL_SIDES = /* GraphQL */ `
  query ModelSides($id: ID!) {
    proposal(id: $id) {
      id
      modelChange {
        fromVersion { id ${PARAMETERS} }
        toVersion { id ${PARAMETERS} }
      }
      modelDiff {
        old { ${MODEL_SIDE} }
        new { ${MODEL_SIDE} }
      }
    }
  }
`;

export const VOTES = /* GraphQL */ `
  query Votes($id: ID!, $first: Int!, $after: String, $sort: VoteSort!, $filter: VoteFilter) {
    proposal(id: $id) {
      id
      votes(first: $first, after: $after, sort: $sort, filter: $filter) {
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

export const PROPOSAL_CHANGED = /* GraphQL */ `
  subscription ProposalChanged {
    proposalChanged {
      proposalId
      kind
    }
  }
`;
