const SERIES_ROW = 'id measure frequency grain product site destination label';
const RUN = /* GraphQL */ `
  id family versionId artifactSha256 proposalId frequency asOf firstTarget asOfBlock root count createdAt
  commitment { blockNumber txHash blockTime }
  score { count meanSmape coverage80 relativeMase }
`;

export const SERIES_LIST = /* GraphQL */ `
  query SeriesList($filter: SeriesFilter, $first: Int, $after: String) {
    series(filter: $filter, first: $first, after: $after) {
      edges { node { ${SERIES_ROW} latestForecast { run { asOf } } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

export const SERIES = /* GraphQL */ `
  query SeriesById($id: ID!, $last: Int) {
    seriesById(id: $id) {
      ${SERIES_ROW}
      observations(last: $last) { periodStart value eventCount }
      stockOutPeriods
      stockOuts { number site firstDay lastDay share saidBy saidAt }
    }
  }
`;

/** What the series is made of, over as many periods as are drawn. */
export const DECOMPOSITION = /* GraphQL */ `
  query Decomposition($id: ID!, $last: Int) {
    seriesById(id: $id) {
      id
      decomposition(last: $last) {
        asOf
        seasonLengths
        trendStrength
        seasonStrength
        periods {
          periodStart
          observed
          trend
          season
          remainder
        }
      }
    }
  }
`;

export const FORECAST = /* GraphQL */ `
  query Forecast($seriesId: ID!, $runId: ID) {
    forecast(seriesId: $seriesId, runId: $runId) {
      run { ${RUN} stockOutsUpTo }
      points {
        step targetStart targetEnd mean method fallbackReason isLeftOut
        quantiles { level value }
        score { actual absError inside80 }
      }
    }
  }
`;

export const FORECAST_RUNS = /* GraphQL */ `
  query ForecastRuns($first: Int, $after: String, $versionId: Hex) {
    forecastRuns(first: $first, after: $after, versionId: $versionId) {
      edges { node { ${RUN} } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

/** Versions that take something beside the values; there are none in most places. */
export const WHAT_IF_VERSIONS = /* GraphQL */ `
  query WhatIfVersions {
    whatIfVersions {
      versionId
      state
      isRunning
      proposedTime
      measure
      frequency
      covariates {
        name
        kind
        words
        isHeard
      }
    }
  }
`;

export const WHAT_IF = /* GraphQL */ `
  query WhatIf($input: WhatIfInput!) {
    whatIf(input: $input) {
      state
      run {
        asOf
      }
      covariates {
        name
        kind
        words
        isHeard
      }
      points {
        step
        targetStart
        planned {
          mean
        }
        changed {
          mean
        }
        stored {
          mean
        }
      }
    }
  }
`;
