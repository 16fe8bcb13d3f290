const GRANT =
  'id owner grantee kind resource eventFrom eventTo fields followsCustody createdAt expiresAt revokedAt';

/** Grants given and got, and the names of who stands in them. */
export const GRANTS = /* GraphQL */ `
  query Grants {
    grants { ${GRANT} }
    partners { address name }
  }
`;

export const SHARING = /* GraphQL */ `
  query Sharing {
    sharing {
      sharing
      chosenAt
    }
  }
`;

export const SET_SHARING = /* GraphQL */ `
  mutation SetSharing($sharing: Sharing!) {
    setSharing(sharing: $sharing) {
      sharing
      chosenAt
    }
  }
`;

export const GIVE_GRANT = /* GraphQL */ `
  mutation GiveGrant($input: NewGrant!) {
    grant(input: $input) { ${GRANT} }
  }
`;

export const END_GRANT = /* GraphQL */ `
  mutation EndGrant($id: ID!) {
    revokeGrant(id: $id) {
      id
      revokedAt
    }
  }
`;

export const READINGS = /* GraphQL */ `
  query Readings($reader: Hex, $first: Int!, $after: String) {
    readAudit(reader: $reader, first: $first, after: $after) {
      edges {
        node {
          id
          readAt
          grantId
          reader
          operation
          rowCount
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

export const SHARED_EVENTS = /* GraphQL */ `
  query SharedEvents($after: String) {
    sharedEvents(first: 20, after: $after) {
      edges {
        node {
          grantId
          owner
          eventId
          body
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;
