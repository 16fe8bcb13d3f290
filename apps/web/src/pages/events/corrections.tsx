import { Facts, Time } from '../../components/marks.js';
import { Sheet } from '../../components/sheet.js';
import { Notice } from '../../components/states.js';
import { stateWord, vocabularyWord } from '../../format/names.js';
import type { EventCorrection, RelatedEvent } from '../../network/types.js';
import { Link } from '../../router/router.js';

/** What its own partner declared wrong about the event; nothing where nobody did. */
export function Corrections({ corrections }: { corrections: readonly EventCorrection[] }) {
  if (corrections.length === 0) return null;
  return (
    <Sheet title="Declared wrong" aside={`${corrections.length}`}>
      <Notice tone="warn">
        The partner declared this event to be in error. It stays as it was sent, and so does its proof.
      </Notice>
      {corrections.map((one) => (
        <Facts
          key={one.declaredErroneousBy}
          rows={[
            ['Reason', one.reason ? stateWord(one.reason) : null],
            ['Declared', <Time key="time" iso={one.declarationTime} />],
            ['Declaration', <EventLink key="declaration" id={one.declaredErroneousBy} />],
            [
              'Right instead',
              one.correctedBy.length === 0
                ? one.correctiveEventIds.join(', ') || null
                : one.correctedBy.map((id) => <EventLink key={id} id={id} />),
            ],
          ]}
        />
      ))}
    </Sheet>
  );
}

/** What the event declares wrong, or stands instead of; nothing where it is an event of its own. */
export function Corrects({ events }: { events: readonly RelatedEvent[] }) {
  if (events.length === 0) return null;
  return (
    <Sheet title="Corrects" aside={`${events.length}`}>
      <p>The partner sent this event because these were wrong. They stay as they were sent.</p>
      {events.map((one) => (
        <Facts
          key={one.id}
          rows={[
            ['Event', <EventLink key="event" id={one.id} />],
            ['Step', one.bizStep ? vocabularyWord(one.bizStep) : one.type],
            ['Time', <Time key="time" iso={one.eventTime} />],
          ]}
        />
      ))}
    </Sheet>
  );
}

function EventLink({ id }: { id: string }) {
  return (
    <Link className="mono" to={`/events/${id}`}>
      {id.slice(0, 8)}
    </Link>
  );
}
