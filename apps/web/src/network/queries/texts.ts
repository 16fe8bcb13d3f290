const HEAD = /* GraphQL */ `
  fragment TextHead on Text {
    id
    kind
    title
    body
    partner
    writtenAt
    labels {
      versionId
      artifactSha256
      proposalId
      answer
      labels
      probabilities {
        label
        probability
        threshold
      }
      labelledAt
    }
    topic {
      number
      name
      similarity
    }
  }
`;

export const TEXTS = /* GraphQL */ `
  query Texts($search: TextSearch, $filter: TextFilter, $first: Int!, $after: String) {
    texts(search: $search, filter: $filter, first: $first, after: $after) {
      edges {
        node {
          ...TextHead
          duplicateOf
          match {
            lexicalRank
            semanticRank
            similarity
            excerpt {
              text
              hit
            }
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
  ${HEAD}
`;

export const TEXT = /* GraphQL */ `
  query Text($id: ID!) {
    text(id: $id) {
      ...TextHead
      source
      reference
      language
      recordTime
      textSha256
      recordSha256
      masked
      duplicateOf
      entities {
        type
        field
        start
        end
        surface
        value
        confidence
        uri
        uriConfidence
      }
      corrections {
        labels
        correctedBy
        reason
        correctedAt
      }
      links {
        role
        uri
        origin
        confidence
      }
      similar(first: 5) {
        similarity
        text {
          ...TextHead
        }
      }
    }
    textProof(textId: $id) {
      intact
      seq
      root
      leaf
      path
      chainId
      blockNumber
      blockHash
      blockTime
      txHash
    }
    recallCriteria(textId: $id) {
      lots
      unresolved
      confidence
      input {
        items
        products
        sites
        from
        to
      }
    }
  }
  ${HEAD}
`;

const BURST = /* GraphQL */ `
  fragment Burst on TopicBurst {
    from
    to
    count
    total
    baseShare
    qValue
    emerging
  }
`;

export const TOPICS = /* GraphQL */ `
  query Topics($window: TopicWindow!) {
    topics(window: $window) {
      number
      name
      terms
      count
      share
      periods {
        periodStart
        count
        total
        share
      }
      bursts {
        ...Burst
      }
      changes
      about {
        role
        uri
        count
      }
    }
    trends(window: $window) {
      topic
      topics
      name
      burst {
        ...Burst
      }
    }
  }
  ${BURST}
`;

export const CORRECT_LABELS = /* GraphQL */ `
  mutation CorrectLabels($hash: Hex!, $labels: [String!]!, $reason: String!) {
    correctTextLabels(textSha256: $hash, labels: $labels, reason: $reason)
  }
`;
