import type { Provider } from '@nestjs/common';
import { ChainWriter } from '@tallyhouse/chain';
import { ConfigError, type Config, type Logger } from '@tallyhouse/config';
import { ProcessClock } from '@tallyhouse/database';
import { BallotGovernor, BallotRepository, RelayerRepository } from '@tallyhouse/governance';
import { DataSource } from 'typeorm';
import { BallotsStage } from './stages/ballots.stage.js';

/** Injection token of what runs at the `ballots` stage. */
export const BALLOTS = Symbol('BALLOTS');

/** Relays ballots where a key for it is given; where none is, says that nobody does. */
export type BallotRun = (now: () => Date) => Promise<void>;

/** @param config the key must be another than the one that anchors: their nonces and their coin are counted apart */
export function ballotsProvider(config: Config, logger: Logger): Provider {
  return {
    provide: BALLOTS,
    inject: [DataSource, ChainWriter, ProcessClock],
    useFactory: (dataSource: DataSource, { deployment }: ChainWriter, clock: ProcessClock): BallotRun => {
      const relayer = new RelayerRepository(dataSource, deployment.chainId);
      const { ballotPrivateKey: key } = config;
      if (!key) return () => relayer.withdraw();
      if (key === config.relayerPrivateKey)
        throw new ConfigError(['BALLOT_PRIVATE_KEY: give another key than RELAYER_PRIVATE_KEY']);
      const writer = new ChainWriter(config, key, deployment, dataSource, () => clock.now());
      const stage = new BallotsStage(
        writer,
        new BallotGovernor(writer.publicClient, deployment),
        new BallotRepository(dataSource, deployment.chainId),
        relayer,
        BigInt(config.ballotGasADay),
        logger,
      );
      return (now) => stage.run(now);
    },
  };
}
