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
      drill
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
      drill
      progress {
        begunAt
        listedAt
        onChainAt
        holders
        delivered
        deliveredAt
        answered
        answeredAt
        lastAnswerAt
        endedAt
        accounts {
          uom
          affected
          gone
          located
          recovered
          accountedShare
        }
      }
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
  mutation OpenRecall($criteria: RecallCriteria!, $drill: Boolean!) {
    openRecall(criteria: $criteria, drill: $drill) {
      id
    }
  }
`;

export const RECALL_CSV = /* GraphQL */ `
  query RecallCsv($id: ID!) {
    recall(id: $id) {
      csv
    }
  }
`;

export const ANSWER_DRILL = /* GraphQL */ `
  mutation AnswerDrill($id: ID!, $recovered: Float!) {
    answerDrill(id: $id, recovered: $recovered) {
      id
    }
  }
`;

export const END_DRILL = /* GraphQL */ `
  mutation EndDrill($id: ID!, $outcome: String!) {
    endDrill(id: $id, outcome: $outcome) {
      id
    }
  }
`;
