export const VERSION_SHADOW = /* GraphQL */ `
  query VersionShadow($id: ID!) {
    modelVersion(id: $id) {
      id
      shadow {
        state
        reason
        since
        runs
        scored
        origins
        coverage80
        lastRunSeconds
        confidence
        progress {
          phase
          series
          shards
          shardsForecast
          shardsWritten
          expectedAt
        }
        running {
          versionIds
          pairs
          coverage80
        }
        pairedDifference {
          measure
          series
          candidate
          running
          difference
          low
          high
          verdict
        }
      }
    }
  }
`;
