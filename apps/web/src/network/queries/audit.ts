export const ITEM = /* GraphQL */ `
  query Item($uri: String!) {
    item(uri: $uri) {
      uri
      eventCount
      position {
        state
        location
        holder
        holderBy
        containedIn
        lastEvent
        lastSeen
        amount {
          uom
          made
          consumed
          sold
          disposed
        }
      }
      contents {
        uri
        quantity
        uom
        since
        eventId
      }
      history(first: 50) {
        edges {
          node {
            id
            type
            action
            bizStep
            eventTime
            readPoint
            bizLocation
            partner
            status
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
    custody(sscc: $uri) {
      unit
      holder
      transfers {
        sender
        recipient
        state
        reason
        offeredTime
        answeredTime
        offeredBlock
        answeredBlock
      }
    }
  }
`;

export const TRACE = /* GraphQL */ `
  query Trace($uri: String!, $direction: TraceDirection!, $maxDepth: Int!) {
    trace(uri: $uri, direction: $direction, maxDepth: $maxDepth, maxNodes: 400) {
      nodes {
        uri
        depth
        presence
        certainty
      }
      edges {
        kind
        source
        target
        quantity
        uom
        validFrom
        validTo
        eventId
      }
      truncated
    }
  }
`;

export const RECALL_PREVIEW = /* GraphQL */ `
  query RecallPreview($criteria: RecallCriteria!) {
    recallPreview(criteria: $criteria) {
      criteriaHash
      affectedRoot
      affectedCount
      truncated
      items(first: 200) {
        uri
        state
        location
        holder
        certainty
        containedIn
        lastSeen
        amount {
          made
          consumed
          sold
          disposed
          uom
        }
      }
    }
  }
`;

export const RECALLS = /* GraphQL */ `
  query Recalls {
    recalls {
      id
      state
      affectedCount
      createdAt
      openedBlock
      partner
    }
  }
`;

export const RECALL = /* GraphQL */ `
  query Recall($id: ID!) {
    recall(id: $id) {
      id
      state
      partner
      criteria
      criteriaHash
      affectedRoot
      affectedCount
      createdAt
      openedBlock
      openedTx
      closedTime
      outcome
      lastError
      holders {
        partner
        name
        items
        toldAt
        deliveredAt
        deliveryError
        acknowledgedTime
        recovered
      }
      items(first: 200) {
        uri
        state
        certainty
        location
        holder
        quantity
        uom
        lastSeen
      }
    }
  }
`;

export const OPEN_RECALL = /* GraphQL */ `
  mutation OpenRecall($criteria: RecallCriteria!) {
    openRecall(criteria: $criteria) {
      id
    }
  }
`;
