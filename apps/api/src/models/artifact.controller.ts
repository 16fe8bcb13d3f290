import { Controller, Get, Header, Inject, NotFoundException, Param, StreamableFile } from '@nestjs/common';
import { BadRequestException } from '@nestjs/common';
import { ARTIFACT_STORE, type ArtifactStore } from '@tallyhouse/model-registry';

const SHA256 = /^0x[0-9a-f]{64}$/;

/** Files of models and their reports, by the hash that the chain has. */
@Controller('artifacts')
export class ArtifactController {
  public constructor(@Inject(ARTIFACT_STORE) private readonly store: ArtifactStore) {}

  /** The bytes as they lie in the store: whoever asks hashes them and trusts nothing of ours. */
  @Get(':sha256')
  @Header('Cache-Control', 'no-cache')
  public async file(@Param('sha256') sha256: string): Promise<StreamableFile> {
    if (!SHA256.test(sha256))
      throw new BadRequestException('sha256: expected 0x and 64 lower-case hexadecimal digits');
    const kept = await this.store.open(sha256 as `0x${string}`);
    if (kept === null) throw new NotFoundException(`no file with the hash ${sha256} is kept here`);
    return new StreamableFile(kept.stream, {
      type: 'application/octet-stream',
      disposition: `attachment; filename="${sha256}"`,
      length: kept.bytes,
    });
  }
}
