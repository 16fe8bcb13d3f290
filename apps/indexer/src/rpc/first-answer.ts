/** How one attempt ended. */
export type Outcome<Answer> = { readonly answer: Answer } | { readonly failure: unknown };

/** Who may be asked, and how. */
export interface Attempts<Who, Answer> {
  /** Best first. */
  readonly candidates: readonly Who[];
  /** Never rejects. */
  ask(who: Who): Promise<Outcome<Answer>>;
  /** After how many milliseconds another one is asked beside; undefined to wait for as long as it takes. */
  patienceMs(who: Who): number | undefined;
  /** Asked when patience is over: whether another one may be asked beside. */
  maySecond(who: Who): boolean;
}

/**
 * The first answer of those that are asked one after the other, the next one when one fails, and one more beside the first
 * when it is unusually slow. What comes too late is not waited for.
 *
 * @returns undefined when all have failed or nobody may be asked
 */
export async function firstAnswer<Who, Answer>(
  attempts: Attempts<Who, Answer>,
): Promise<{ readonly answer: Answer } | undefined> {
  const waiting = [...attempts.candidates];
  const running = new Map<Who, Promise<[Who, Outcome<Answer>]>>();
  const askNext = (): Who | undefined => {
    const who = waiting.shift();
    if (who !== undefined)
      running.set(
        who,
        attempts.ask(who).then((outcome) => [who, outcome]),
      );
    return who;
  };
  const first = askNext();
  let patienceMs = first === undefined || waiting.length === 0 ? undefined : attempts.patienceMs(first);
  while (running.size > 0) {
    const ended = await within(patienceMs, Promise.race(running.values()));
    patienceMs = undefined;
    if (ended === undefined) {
      if (first !== undefined && attempts.maySecond(first)) askNext();
      continue;
    }
    const [who, outcome] = ended;
    if ('answer' in outcome) return outcome;
    running.delete(who);
    if (running.size === 0) askNext();
  }
  return undefined;
}

/** @returns undefined when it takes longer */
async function within<Value>(ms: number | undefined, value: Promise<Value>): Promise<Value | undefined> {
  if (ms === undefined) return value;
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  try {
    return await Promise.race([value, over]);
  } finally {
    clearTimeout(timer);
  }
}
