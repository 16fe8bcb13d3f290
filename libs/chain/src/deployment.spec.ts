import { describe, expect, it } from '@jest/globals';
import { CONTRACT_NAMES, parseDeployment } from './deployment.js';

const address = '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266';

function file(): Record<string, unknown> {
  return {
    network: 'local',
    chainId: 31337,
    startBlock: 1,
    parameters: { votingDelayS: 1, votingPeriodS: 60, timelockDelayS: 1, quorumPercent: 10 },
    contracts: Object.fromEntries(CONTRACT_NAMES.map((name) => [name, { address, block: 1 }])),
  };
}

describe('parseDeployment', () => {
  it('reads text and objects alike', () => {
    expect(parseDeployment(JSON.stringify(file()))).toEqual(parseDeployment(file()));
  });

  it('gives checksummed addresses', () => {
    expect(parseDeployment(file()).contracts.TallyToken.address).toBe(
      '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266',
    );
  });

  it('fills the parameters that may be absent', () => {
    expect(parseDeployment(file()).parameters).toMatchObject({
      proposalThreshold: '0',
      lateQuorumExtensionS: 0,
      guardianSunset: 0,
    });
  });

  it('names every place that is wrong', () => {
    const wrong = {
      ...file(),
      chainId: 'x',
      contracts: { ...(file()['contracts'] as object), TraceAnchor: {} },
    };
    expect(() => parseDeployment(wrong)).toThrow(/chainId: .*contracts\.TraceAnchor\.address: /);
  });

  it('refuses an address that is none, saying what to do', () => {
    const contracts = { ...(file()['contracts'] as object), TallyToken: { address: '0x12', block: 1 } };
    expect(() => parseDeployment({ ...file(), contracts })).toThrow(/not an address.*correct the file/);
  });

  it('refuses text that is not JSON', () => {
    expect(() => parseDeployment('{')).toThrow(expect.objectContaining({ code: 'DEPLOYMENT_INVALID' }));
  });

  it('refuses a network name that would leave the folder', () => {
    expect(() => parseDeployment({ ...file(), network: '../x' })).toThrow(/network/);
  });
});
