export const ANOMALIES = /* GraphQL */ `
  query Anomalies($filter: AnomalyFilter, $first: Int, $after: String) {
    anomalies(filter: $filter, first: $first, after: $after) {
      edges {
        node {
          id
          seriesId
          series {
            label
            measure
            frequency
          }
          stream {
            source
            kind
          }
          eventStream {
            bizStep
          }
          eventId
          periodStart
          windowStart
          windowEnd
          value
          expected
          pValue
          qValue
          novelty
          detector
          explanation
          asOfBlock
          versionId
          verdict
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

export const ANOMALY_LEVEL = /* GraphQL */ `
  query AnomalyLevel {
    anomalyLevel {
      level
      labelsReal
      labelsNotReal
    }
  }
`;

export const LABEL_ANOMALY = /* GraphQL */ `
  mutation LabelAnomaly($id: ID!, $label: AnomalyLabel!) {
    labelAnomaly(id: $id, label: $label) {
      level
    }
  }
`;
