export const VIEWER = /* GraphQL */ `
  query Viewer {
    viewer {
      address
      roles {
        partner {
          address
          gln
          name
        }
        submitterFor {
          address
          name
        }
        asOf {
          blockNumber
          blockTime
        }
      }
      sessions {
        id
        device
        createdAt
        refreshedAt
        expiresAt
        endsAt
        way
        isCurrent
      }
      passkeys {
        id
        name
        createdAt
        lastUsedAt
        isBackedUp
        copiedAt
      }
    }
  }
`;

export const END_SESSION = /* GraphQL */ `
  mutation EndSession($id: ID!) {
    endSession(id: $id)
  }
`;

export const RENAME_PASSKEY = /* GraphQL */ `
  mutation RenamePasskey($id: ID!, $name: String!) {
    renamePasskey(id: $id, name: $name)
  }
`;

export const REMOVE_PASSKEY = /* GraphQL */ `
  mutation RemovePasskey($id: ID!) {
    removePasskey(id: $id)
  }
`;

const KEY = 'id label prefix scopes createdAt expiresAt lastUsedAt revokedAt replacedBy';

export const API_KEYS = /* GraphQL */ `
  query ApiKeys {
    apiKeys { ${KEY} }
  }
`;

export const ADD_API_KEY = /* GraphQL */ `
  mutation AddApiKey($input: NewApiKey!) {
    addApiKey(input: $input) { secret key { ${KEY} } }
  }
`;

export const ROTATE_API_KEY = /* GraphQL */ `
  mutation RotateApiKey($id: ID!, $graceHours: Float!) {
    rotateApiKey(id: $id, graceHours: $graceHours) { secret key { ${KEY} } }
  }
`;

export const REVOKE_API_KEY = /* GraphQL */ `
  mutation RevokeApiKey($id: ID!) {
    revokeApiKey(id: $id)
  }
`;
