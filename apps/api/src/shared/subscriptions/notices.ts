import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CONFIG, type Config } from '@tallyhouse/config';
import { Listener, type Channel, type Channels } from '@tallyhouse/database';
import { BoundedQueue } from './bounded-queue.js';

const MAX_WAITING = 100;

/** What processes tell each other through Postgres, one bounded stream for each subscriber. */
@Injectable()
export class Notices implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly listener: Listener;
  private readonly open = new Set<{ end(): void }>();

  public constructor(@Inject(CONFIG) config: Config) {
    this.listener = new Listener(config.databaseUrl);
  }

  public async onApplicationBootstrap(): Promise<void> {
    await this.listener.start();
  }

  public async onModuleDestroy(): Promise<void> {
    for (const queue of this.open) queue.end();
    await this.listener.stop();
  }

  /** Messages of a channel from now on; of a slow reader's the last {@link MAX_WAITING}. */
  public of<Name extends Channel>(
    channel: Name,
    wanted: (message: Channels[Name]) => boolean = () => true,
  ): AsyncIterableIterator<Channels[Name]> {
    const queue: BoundedQueue<Channels[Name]> = new BoundedQueue(MAX_WAITING, () => {
      subscription.unsubscribe();
      this.open.delete(queue);
    });
    const subscription = this.listener.on(channel).subscribe((notice) => {
      if (notice !== 'RECONNECTED' && wanted(notice)) queue.push(notice);
    });
    this.open.add(queue);
    return queue;
  }
}
