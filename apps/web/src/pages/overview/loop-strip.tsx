import { Link } from '../../router/router.js';
import type { Stage } from './loop.js';

/** The loop as three ruled groups of three stages; every number leads to the page behind it. */
export function LoopStrip({ groups }: { groups: { title: string; stages: Stage[] }[] }) {
  return (
    <section className="loop" aria-label="The loop, stage by stage">
      {groups.map((group) => (
        <div key={group.title} className="loop-group">
          <h2>{group.title}</h2>
          <ol>
            {group.stages.map((stage) => (
              <li key={stage.name}>
                <Link to={stage.to} className={`stage stage-${stage.tone}`}>
                  <span className="stage-name">{stage.name}</span>
                  <span className="stage-value">{stage.value}</span>
                  <span className="stage-note">{stage.note}</span>
                </Link>
              </li>
            ))}
          </ol>
        </div>
      ))}
    </section>
  );
}
