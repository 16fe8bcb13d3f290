import type { Provider } from '@nestjs/common';
import { CONFIG, type Config } from '@tallyhouse/config';
import type { TargetPolicy } from '@tallyhouse/webhooks';

/** Where webhooks may be. */
export const TARGET_POLICY = Symbol('TARGET_POLICY');

export const targetPolicyProvider: Provider = {
  provide: TARGET_POLICY,
  inject: [CONFIG],
  useFactory: ({ webhookTrustedOrigins }: Config): TargetPolicy => ({
    trustedOrigins: webhookTrustedOrigins,
  }),
};
