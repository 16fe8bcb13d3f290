import { AccountLink } from '../../components/account-link.js';
import { Time } from '../../components/marks.js';
import { Ledger, columns } from '../../components/sheet.js';
import { Answer, Failed } from '../../components/states.js';
import { count } from '../../format/numbers.js';
import type { DeadDelivery } from '../../network/job-types.js';
import { DEAD_DELIVERIES, RETRY_DELIVERY } from '../../network/queries/jobs.js';
import { useRead } from '../../network/reads.js';
import { useRetry } from './use-retry.js';

/** For operators: messages that no webhook took. */
export function DeadDeliveries() {
  const dead = useRead<{ deadDeliveries: DeadDelivery[] }>('jobs', DEAD_DELIVERIES);
  const retry = useRetry(RETRY_DELIVERY);
  return (
    <Answer of={dead} rows={3}>
      {({ deadDeliveries }) => (
        <>
          {retry.error ? <Failed error={retry.error} /> : null}
          <p>
            <button
              type="button"
              className="button"
              disabled={retry.isPending}
              onClick={() => retry.mutate({ id: null })}
            >
              Send all again
            </button>
          </p>
          <Ledger
            label="Messages given up"
            head={columns('Webhook and error', '#~Attempts', '~Made', 'Again')}
          >
            {deadDeliveries.map((delivery) => (
              <tr key={delivery.id}>
                <th scope="row" className="grow">
                  <span className="mono">{delivery.url}</span>
                  <span className="under">
                    {delivery.purpose} for <AccountLink address={delivery.partner} />:{' '}
                    {delivery.lastError ?? 'no answer'}
                  </span>
                </th>
                <td className="number wide">{count(delivery.attempts)}</td>
                <td className="wide">
                  <Time iso={delivery.createdAt} />
                </td>
                <td>
                  <button
                    type="button"
                    className="button"
                    disabled={retry.isPending}
                    aria-label={`Send again to ${delivery.url}`}
                    onClick={() => retry.mutate({ id: delivery.id })}
                  >
                    Send again
                  </button>
                </td>
              </tr>
            ))}
          </Ledger>
        </>
      )}
    </Answer>
  );
}
