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

/** Answered once the block is indexed: what is read afterwards shows what a transaction in it did. */
export const INDEXED_BLOCK = /* GraphQL */ `
  query IndexedBlock($block: Int!) @minBlock(number: $block, timeoutMs: 15000) {
    indexStatus {
      blockNumber
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
