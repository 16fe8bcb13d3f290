import { Controller, Get, Header, Inject } from '@nestjs/common';
import type { Deployment } from '@tallyhouse/chain';
import { CONFIG, type Config } from '@tallyhouse/config';
import { DEPLOYMENT } from './deployment.provider.js';

@Controller()
export class NetworkController {
  public constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(DEPLOYMENT) private readonly deployment: Deployment,
  ) {}

  /** What a wallet needs to know of the chain. */
  @Get('network.json')
  @Header('Cache-Control', 'no-cache')
  public network(): object {
    const { network, chainId, startBlock, parameters, contracts } = this.deployment;
    const { rpcUrls, walletConnect } = this.config;
    const chain = { network, chainId, rpcUrl: rpcUrls[0], startBlock, parameters, contracts };
    return walletConnect ? { ...chain, walletConnect } : chain;
  }
}
