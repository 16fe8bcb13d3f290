import { startJourney, type JourneyStack } from './journey-stack.js';
import { allAnchored, captureWorld } from './loop.js';

const DAY_S = 86_400;
/** Weeks of the world's end that the chain has before it, so that forecasts of them come true in a journey. */
const WEEKS_HELD_BACK = 5;

/**
 * A world of fourteen months whose last weeks are not sold yet, on a chain that begins that long ago.
 *
 * @param environment more of it for the processes
 */
export async function startInPastWeeks(
  environment: Readonly<Record<string, string>> = {},
): Promise<{ journey: JourneyStack; nowS: number; cutMs: number }> {
  const nowS = Math.floor(Date.now() / 1_000);
  const chainStartS = nowS - WEEKS_HELD_BACK * 7 * DAY_S;
  const cutMs = Math.floor(chainStartS / DAY_S) * DAY_S * 1_000;
  const start = new Date(cutMs - 400 * DAY_S * 1_000).toISOString().slice(0, 10);
  const journey = await startJourney({
    world: { seed: 9, start, months: 14, scale: 0.01 },
    chainStartS,
    environment,
  });
  await captureWorld(
    journey,
    ({ event }) => event.bizStep === 'retail_selling' && Date.parse(event.eventTime) < cutMs,
  );
  await allAnchored(journey);
  return { journey, nowS, cutMs };
}
