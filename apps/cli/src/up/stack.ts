import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makePublicClient, readDeployment, type Deployment } from '@tallyhouse/chain';
import { freePort, startAnvil, startPostgres, type Anvil, type LocalPostgres } from '@tallyhouse/testing';
import { simulate, type World } from '@tallyhouse/simulation';
import { CONNECTION_FILE, type Connection, type LocalContext } from '../local-context.js';
import { migrate } from '../migrate/migrate.js';
import { localAccounts, type LocalAccounts } from './accounts.js';
import { AppProcess, type AppName } from './app-process.js';
import { genesis } from './genesis.js';
import { localItems, type LocalItems } from './item-world.js';
import { StateFolder, type LocalWorld } from './state-folder.js';

export interface StackOptions {
  readonly stateDir: string;
  readonly fresh: boolean;
  readonly apiPort?: number;
  readonly rpcPort?: number;
  readonly postgresPort?: number;
  /** Starts another database than the one of the state folder. */
  readonly startDatabase?: () => Promise<LocalPostgres>;
  /** World of a new state folder. */
  readonly world: Omit<LocalWorld, 'mnemonic' | 'apiKeys'>;
  /** Time of the local chain's first block, Unix seconds; now when left out. */
  readonly chainStartS?: number;
  /** Seconds between blocks of the local chain; a transaction gets one at once. */
  readonly blockTimeS: number;
  /** More environment for our processes. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly onStep: (step: string) => void;
  /** One of the processes ended though nobody asked it to. */
  readonly onExit: (name: AppName | 'database' | 'chain', reason: string) => void;
}

const APPS: readonly AppName[] = ['indexer', 'worker', 'api'];
const STATE_INTERVAL_S = 10;

/** The whole of Tallyhouse on one machine: database, chain, contracts and our processes. */
export class Stack implements LocalContext {
  private readonly apps = new Map<AppName, AppProcess>();
  private readonly others: AppProcess[] = [];
  private postgres!: LocalPostgres;
  private chain!: Anvil;
  private stopping = false;

  public world!: LocalWorld;
  public simulated!: World;
  /** Absent in a world that was made without items. */
  public items: LocalItems | undefined;
  public accounts!: LocalAccounts;
  public deployment!: Deployment;
  public databaseUrl!: string;
  public apiPort!: number;

  private constructor(
    private readonly options: StackOptions,
    public readonly state: StateFolder,
  ) {}

  /** Starts everything; when a part fails, what was started is stopped again. */
  public static async start(options: StackOptions): Promise<Stack> {
    const state = await StateFolder.claim(options.stateDir, options.fresh);
    const stack = new Stack(options, state);
    try {
      await stack.startServers();
      await stack.startApps();
      await stack.tellOthers();
      return stack;
    } catch (error) {
      await stack.stop();
      throw error;
    }
  }

  public get rpcUrl(): string {
    return this.chain.rpcUrl;
  }

  public get apiUrl(): string {
    return `http://127.0.0.1:${this.apiPort}`;
  }

  public get artifactFolder(): string {
    return this.state.artifacts;
  }

  public app(name: AppName): AppProcess {
    return this.apps.get(name)!;
  }

  /**
   * Starts one more process over the same database and chain.
   *
   * @param environment what differs for it, such as the port of another api
   */
  public async startAnother(
    name: AppName,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<AppProcess> {
    const logs = join(this.state.logs, `more-${this.others.length + 1}`);
    await mkdir(logs, { recursive: true });
    const own = { ...this.environmentOf(name), ...environment };
    const another = new AppProcess(name, own, logs, this.options.onExit);
    this.others.push(another);
    await another.start();
    return another;
  }

  /** Ends the database and starts it again where it was; whoever is connected loses the connection. */
  public async restartDatabase(): Promise<void> {
    await this.postgres.stop();
    const port = Number(new URL(this.databaseUrl).port);
    this.postgres = await startPostgres({ dir: this.state.postgres, port });
  }

  /** Stops everything, what was started last first. */
  public async stop(): Promise<void> {
    this.stopping = true;
    await rm(join(this.state.path, CONNECTION_FILE), { force: true });
    await Promise.all([...this.others, ...this.apps.values()].map((app) => app.stop()));
    await this.chain?.stop();
    await this.postgres?.stop();
    await this.state.release();
  }

  private async startServers(): Promise<void> {
    const { options, state } = this;
    this.world = await state.world(() => options.world);
    this.accounts = localAccounts(this.world.mnemonic);
    this.simulated = simulate(this.world);
    this.items = localItems(this.world);
    options.onStep('starting the database (PostgreSQL)');
    this.postgres = await (options.startDatabase?.() ??
      startPostgres({ dir: state.postgres, port: options.postgresPort }));
    this.databaseUrl = await this.postgres.createDatabase('tallyhouse');
    options.onStep('bringing its tables up to date');
    await migrate(this.databaseUrl);
    options.onStep('starting the chain (anvil)');
    this.chain = await this.startChain();
    this.chain.process.once('exit', (code, signal) => {
      if (!this.stopping) options.onExit('chain', signal ? `by ${signal}` : `with ${code}`);
    });
    await this.deployUnlessThere();
  }

  /** Lets other commands find us; the file holds the database's password. */
  private async tellOthers(): Promise<void> {
    const { databaseUrl, rpcUrl, apiUrl } = this;
    const connection: Connection = { databaseUrl, rpcUrl, apiUrl };
    await writeFile(join(this.state.path, CONNECTION_FILE), JSON.stringify(connection), { mode: 0o600 });
  }

  private startChain(): Promise<Anvil> {
    const { options, state } = this;
    const firstBlock = options.chainStartS === undefined ? [] : ['--timestamp', String(options.chainStartS)];
    return startAnvil({
      port: options.rpcPort,
      mnemonic: this.world.mnemonic,
      state: state.chain,
      blockTimeS: options.blockTimeS,
      args: [...(existsSync(state.chain) ? [] : firstBlock), '--state-interval', String(STATE_INTERVAL_S)],
    });
  }

  private async deployUnlessThere(): Promise<void> {
    const { state } = this;
    if (existsSync(state.deployment)) {
      const found = await readDeployment({ deploymentPath: state.deployment });
      const { address } = found.contracts.TallyGovernor;
      if (await makePublicClient(this.rpcUrl).getCode({ address })) {
        this.deployment = found;
        return;
      }
    }
    this.options.onStep('deploying the contracts');
    this.deployment = await genesis({
      rpcUrl: this.rpcUrl,
      accounts: this.accounts,
      partners: [...this.simulated.partners, ...(this.items?.members.map(({ party }) => party) ?? [])],
      artifactFolder: state.artifacts,
      deploymentFolder: state.path,
    });
  }

  private environmentOf(name: AppName): Record<string, string> {
    const { options, state } = this;
    const { relayer, ballots } = this.accounts;
    return {
      DATABASE_URL: this.databaseUrl,
      RPC_URLS: this.rpcUrl,
      RPC_WS_URLS: this.rpcUrl.replace(/^http/, 'ws'),
      TALLYHOUSE_DEPLOYMENT: state.deployment,
      TALLYHOUSE_STATE_DIR: state.path,
      API_PORT: String(this.apiPort),
      // A world of made-up partners, for everybody to look at.
      PARTNER_DATA: 'open',
      POLL_INTERVAL_MS: '200',
      OPERATOR_ACCOUNTS: this.accounts.deployer.address,
      ...options.environment,
      // Least privilege: the keys that pay belong to the worker alone.
      ...(name === 'worker'
        ? { RELAYER_PRIVATE_KEY: relayer.privateKey, BALLOT_PRIVATE_KEY: ballots.privateKey }
        : {}),
    };
  }

  private async startApps(): Promise<void> {
    const { options, state } = this;
    options.onStep('starting indexer, worker and api');
    this.apiPort = options.apiPort ?? (await freePort());
    for (const name of APPS)
      this.apps.set(name, new AppProcess(name, this.environmentOf(name), state.logs, options.onExit));
    await Promise.all(APPS.map((name) => this.app(name).start()));
  }
}
