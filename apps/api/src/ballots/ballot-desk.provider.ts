import { makePublicClient, type Deployment } from '@tallyhouse/chain';
import { CONFIG, type Config } from '@tallyhouse/config';
import { ProcessClock } from '@tallyhouse/database';
import { BallotDesk, BallotGovernor, BallotRepository, RelayerRepository } from '@tallyhouse/governance';
import { DataSource } from 'typeorm';
import { DEPLOYMENT } from '../shared/http/deployment.provider.js';

export const ballotGovernorProvider = {
  provide: BallotGovernor,
  inject: [CONFIG, DEPLOYMENT],
  useFactory: (config: Config, deployment: Deployment): BallotGovernor =>
    new BallotGovernor(makePublicClient(config.rpcUrls), deployment),
};

export const ballotRepositoryProvider = {
  provide: BallotRepository,
  inject: [DataSource, DEPLOYMENT],
  useFactory: (dataSource: DataSource, { chainId }: Deployment): BallotRepository =>
    new BallotRepository(dataSource, chainId),
};

/** The api has no key: what it takes, the worker pays for. */
export const ballotDeskProvider = {
  provide: BallotDesk,
  inject: [CONFIG, DEPLOYMENT, DataSource, BallotGovernor, BallotRepository, ProcessClock],
  useFactory: (
    { ballotsAVoterADay, ballotAttemptsAnHour: attemptsAClientAnHour }: Config,
    { chainId }: Deployment,
    dataSource: DataSource,
    governor: BallotGovernor,
    ballots: BallotRepository,
    clock: ProcessClock,
  ): BallotDesk => {
    const limits = { ballotsAVoterADay, attemptsAClientAnHour };
    const relayer = new RelayerRepository(dataSource, chainId);
    return new BallotDesk(dataSource, governor, ballots, relayer, limits, () => clock.now());
  },
};
