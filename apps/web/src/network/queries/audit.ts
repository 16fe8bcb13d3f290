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
