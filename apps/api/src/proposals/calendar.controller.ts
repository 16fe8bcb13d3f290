import { Controller, Get, Header, Req } from '@nestjs/common';
import { ProposalCalendar } from '@tallyhouse/governance';
import type { Request } from 'express';

@Controller('calendar')
export class CalendarController {
  public constructor(private readonly calendar: ProposalCalendar) {}

  /** Votes and executions, for whoever subscribes to it in a calendar. */
  @Get('proposals.ics')
  @Header('Content-Type', 'text/calendar; charset=utf-8')
  @Header('Content-Disposition', 'inline; filename="proposals.ics"')
  @Header('Cache-Control', 'public, max-age=60')
  @Header('Vary', 'Host')
  public proposals(@Req() { protocol, host }: Request): Promise<string> {
    return this.calendar.write(`${protocol}://${host}`);
  }
}
