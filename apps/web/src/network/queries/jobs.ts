export const JOBS = /* GraphQL */ `
  query Jobs {
    mayRetryJobs
    jobs {
      name
      state
      lastSucceededAt
      lastDurationMs
      failingSince
      failures
    }
    deliveryCounts {
      waiting
      dead
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
