const FINDING = 'id rule subject happenedAt severity state explanation raisedAt changedAt assignee';

export const FINDINGS = /* GraphQL */ `
  query Findings($filter: FindingFilter, $first: Int, $after: String) {
    findings(filter: $filter, first: $first, after: $after) {
      edges { node { ${FINDING} } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

export const AUDIT_RULES = /* GraphQL */ `
  query AuditRules {
    auditRules {
      id
      title
      hard
      findings
    }
  }
`;

export const FINDING_DETAIL = /* GraphQL */ `
  query FindingDetail($id: ID!) {
    finding(id: $id) {
      ${FINDING} ruleSet asOfBlock comment resolution
      setting { parameters takenUpAt learnedEvents learnedUntil versionId proposalId }
      evidence { id type bizStep eventTime readPoint status }
      history { kind asOfBlock changedAt actor state ruleSet assignee comment resolution }
    }
    auditRules { id title hard findings settings { ruleSet parameters takenUpAt versionId proposalId } }
  }
`;

export const FINDING_RAISED = /* GraphQL */ `
  subscription FindingRaised {
    findingRaised {
      id
    }
  }
`;

export const JUDGE_FINDING = /* GraphQL */ `
  mutation JudgeFinding($id: ID!, $judgement: FindingJudgement!) {
    judgeFinding(id: $id, judgement: $judgement) {
      id
      state
    }
  }
`;
