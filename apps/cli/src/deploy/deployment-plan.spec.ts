import { describe, expect, it } from '@jest/globals';
import { parseDeploymentPlan } from './deployment-plan.js';

const alice = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
const plan = {
  network: 'example',
  parameters: {
    votingDelayS: 86_400,
    votingPeriodS: 604_800,
    timelockDelayS: 172_800,
    quorumPercent: 4,
    proposalThreshold: '1000',
    lateQuorumExtensionS: 86_400,
    guardianSunset: '2028-01-01T00:00:00Z',
  },
  holders: [{ address: alice.toLowerCase(), tokens: '1000000.5' }],
  guardian: alice,
  proposers: [alice],
  committers: [],
};

describe('the plan of a deployment', () => {
  it('is read with amounts in the smallest unit and checksummed addresses', () => {
    const read = parseDeploymentPlan(JSON.stringify(plan));
    expect(read.holders).toEqual([{ address: alice, tokens: 1_000_000_500_000_000_000_000_000n }]);
    expect(read.parameters.proposalThreshold).toBe('1000000000000000000000');
    expect(read.partners).toEqual([]);
  });

  it('is refused with each wrong field named', () => {
    const wrong = {
      ...plan,
      guardian: '0x12',
      partners: [{ partner: alice, gln: '9521141000011', name: 'A', submitters: [] }],
      holders: [],
      parameters: { ...plan.parameters, quorumPercent: 0 },
      secret: 1,
    };
    expect(() => parseDeploymentPlan(JSON.stringify(wrong))).toThrow(
      /parameters\.quorumPercent[\s\S]*holders[\s\S]*partners\.0\.gln[\s\S]*guardian[\s\S]*secret/,
    );
    expect(() => parseDeploymentPlan('{')).toThrow(/no JSON/);
  });
});
