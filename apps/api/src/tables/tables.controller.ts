import { Controller, Get, Header, NotFoundException, Param, Query, StreamableFile } from '@nestjs/common';
import { MEDIA_TYPES, tableFile, type TableFormat } from './table-file.js';
import { Tables } from './tables.service.js';

const FILE = /^([a-z-]{1,40})\.(csv|parquet)$/;

/** Forecasts, track records and strange values as files, for who analyses them elsewhere. */
@Controller('tables')
export class TablesController {
  public constructor(private readonly tables: Tables) {}

  /** The rows that the asker may see, by the same rules as in GraphQL. */
  @Get(':file')
  @Header('Cache-Control', 'no-store')
  public async file(
    @Param('file') file: string,
    @Query() parameters: Record<string, unknown>,
  ): Promise<StreamableFile> {
    const [, name, format] = FILE.exec(file) ?? [];
    if (!name || !format) throw new NotFoundException('a table ends with .csv or .parquet');
    const table = await this.tables.read(name, parameters);
    return new StreamableFile(tableFile(table, format as TableFormat), {
      type: MEDIA_TYPES[format as TableFormat],
      disposition: `attachment; filename="${file}"`,
    });
  }
}
