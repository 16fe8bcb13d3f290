import { MODEL_VERSION, PARAMETERS } from './governance.js';

const LINK = 'proposal { id title description state }';

export const MODELS = /* GraphQL */ `
  query Models {
    models {
      id
      name
      active { ${MODEL_VERSION} ${LINK} }
      runtime { runningVersionId runningArtifactSha256 wantedVersionId state reason since }
      versions { ${MODEL_VERSION} ${LINK} shadow { state scored } }
    }
  }
`;

export const MODEL_VERSION_DETAIL = /* GraphQL */ `
  query ModelVersionDetail($id: ID!) {
    modelVersion(id: $id) { ${MODEL_VERSION} ${LINK} forecaster report ${PARAMETERS} }
    backtest(versionId: $id) {
      horizon
      folds { origin series }
      models { name groups { group forecasts figures { measure value } } }
    }
  }
`;
