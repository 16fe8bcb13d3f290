export const JOBS = /* GraphQL */ `
  query Jobs {
    mayRetryJobs
    jobs {
      name
      state
      runningSince
      lastSucceededAt
      lastDurationMs
      failingSince
      failures
    }
    deliveryCounts {
      waiting
      dead
      oldestWaitingAt
    }
  }
`;

export const JOB_FAILURES = /* GraphQL */ `
  query JobFailures($after: String) {
    jobFailures(first: 20, after: $after) {
      edges {
        node {
          id
          name
          error
          firstFailedAt
          lastFailedAt
          times
          givenUp
          resolvedAt
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

export const DEAD_DELIVERIES = /* GraphQL */ `
  query DeadDeliveries {
    deadDeliveries {
      id
      partner
      purpose
      url
      createdAt
      attempts
      lastError
    }
  }
`;

export const RETRY_JOB = /* GraphQL */ `
  mutation RetryJob($name: JobName!) {
    retryJob(name: $name)
  }
`;

export const RETRY_DELIVERY = /* GraphQL */ `
  mutation RetryDelivery($id: ID) {
    retryDeliveries(id: $id)
  }
`;
