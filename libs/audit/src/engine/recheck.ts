import { HOUR_MS } from './words.js';

/** Subjects that time alone can change, by the hour in which they must be judged again. */
export class RecheckCalendar {
  private readonly hours = new Map<number, Set<string>>();

  public add(subject: string, at: number): void {
    const hour = Math.floor(at / HOUR_MS);
    const subjects = this.hours.get(hour) ?? new Set();
    this.hours.set(hour, subjects);
    subjects.add(subject);
  }

  /** Takes out what is due by now, the running hour included. */
  public take(now: number): Set<string> {
    const due = new Set<string>();
    for (const [hour, subjects] of this.hours) {
      if (hour * HOUR_MS > now) continue;
      for (const subject of subjects) due.add(subject);
      this.hours.delete(hour);
    }
    return due;
  }
}
