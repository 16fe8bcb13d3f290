export const LEAD_TIMES = /* GraphQL */ `
  query LeadTimes($first: Int!) {
    leadTime(first: $first) {
      asOf
      asOfBlock
      deliveries
      tested
      auc
      brier
      calibrationError
      laneAuc
      laneBrier
      laneCalibrationError
      coverage80
      artifactSha256
      versionId
      proposalId
      isVersionTested
      lanes {
        country
        mode
        supplier
        deliveries
        lateShare
        lateProbability
        arrival {
          level
          days
        }
      }
    }
  }
`;
