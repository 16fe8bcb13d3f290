import type { FactoryProvider } from '@nestjs/common';
import { DeliveryRepository } from '@tallyhouse/webhooks';
import { DataSource } from 'typeorm';

export const deliveriesProvider: FactoryProvider = {
  provide: DeliveryRepository,
  inject: [DataSource],
  useFactory: (dataSource: DataSource) => new DeliveryRepository(dataSource),
};
