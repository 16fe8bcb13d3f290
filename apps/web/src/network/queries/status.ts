export const INDEX_STATUS = /* GraphQL */ `
  query IndexStatus {
    indexStatus {
      chainId
      blockNumber
      blockHash
      blockTime
      headNumber
      lagBlocks
      lagSeconds
      counts {
        captured
        anchored
        pending
        batches
        forecasts
        proposals
      }
    }
  }
`;

export const EVENT_CAPTURED = /* GraphQL */ `
  subscription EventCaptured {
    eventCaptured {
      jobId
      count
    }
  }
`;

export const MODEL_ACTIVATED = /* GraphQL */ `
  subscription ModelActivated {
    modelActivated {
      family
      versionId
      state
      proposalId
    }
  }
`;
