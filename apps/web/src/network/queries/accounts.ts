const PAGE = 'pageInfo { hasNextPage endCursor }';

export const DELEGATES = /* GraphQL */ `
  query Delegates($sort: DelegateSort!, $first: Int!, $after: String) {
    delegates(sort: $sort, first: $first, after: $after) {
      edges { node { address votes delegators participation { couldVote voted } } }
      ${PAGE}
    }
  }
`;

export const ACCOUNT = /* GraphQL */ `
  query Account($address: Hex!) {
    account(address: $address) {
      address
      votes
      balance
      delegate
      delegateSince
      participation {
        couldVote
        voted
      }
    }
  }
`;

export const VOTES_CAST = /* GraphQL */ `
  query VotesCast($address: Hex!, $first: Int!, $after: String) {
    account(address: $address) {
      address
      votesCast(first: $first, after: $after) {
        edges {
          node {
            support weight reducedBy isOverride reason blockNumber txHash blockTime
            proposal { id title description state }
          }
        }
        ${PAGE}
      }
    }
  }
`;

export const DELEGATORS = /* GraphQL */ `
  query Delegators($address: Hex!, $first: Int!, $after: String) {
    account(address: $address) {
      address
      delegators(first: $first, after: $after) {
        edges { node { address balance since } }
        ${PAGE}
      }
    }
  }
`;

export const POWER_HISTORY = /* GraphQL */ `
  query PowerHistory($address: Hex!, $first: Int!, $after: String) {
    account(address: $address) {
      address
      powerHistory(first: $first, after: $after) {
        edges { node { at previousVotes votes txHash } }
        ${PAGE}
      }
    }
  }
`;

/** The newest changes of an account's votes, as many as a page may hold, for a line over time. */
export const POWER_SERIES = /* GraphQL */ `
  query PowerSeries($address: Hex!, $first: Int!) {
    account(address: $address) {
      address
      powerHistory(first: $first) {
        asOf {
          blockTime
        }
        edges {
          node {
            at
            votes
          }
        }
        pageInfo {
          hasNextPage
        }
      }
    }
  }
`;

export const PROPOSALS_MADE = /* GraphQL */ `
  query ProposalsMade($address: Hex!, $first: Int!, $after: String) {
    account(address: $address) {
      address
      proposals(first: $first, after: $after) {
        edges { node { id title description state voteStart } }
        ${PAGE}
      }
    }
  }
`;
