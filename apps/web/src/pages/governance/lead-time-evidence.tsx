import { useMemo } from 'react';
import type { ModelVersion } from '../../network/types.js';
import { readLatenessFile } from '../models/lateness-figures.js';
import { LatenessSheet } from '../models/lateness-sheet.js';
import { ShadowSheet } from '../models/shadow-sheet.js';
import { FiguresSheet } from './figures-sheet.js';
import { useHashedFile } from './file-check.js';
import { ParameterChange } from './parameter-change.js';

interface EvidenceProps {
  from: ModelVersion | null;
  to: ModelVersion;
  proposalId: string;
}

/** What speaks for a version of the family: figures of lateness from the report that this browser hashed, or those of a model of series. */
export function LeadTimeEvidence({ from, to, proposalId }: EvidenceProps) {
  const file = useHashedFile(to.reportSha256, true);
  const figures = useMemo(
    () => (file.data?.sha256 === to.reportSha256.toLowerCase() ? readLatenessFile(file.data.content) : null),
    [file.data, to.reportSha256],
  );
  if (!figures)
    return (
      <>
        <FiguresSheet from={from} to={to} />
        <ShadowSheet versionId={to.id} />
      </>
    );
  return (
    <>
      <LatenessSheet
        figures={figures}
        from="from the report that this browser hashed"
        replaces={from?.artifactSha256 ?? null}
      />
      <ParameterChange proposalId={proposalId} />
    </>
  );
}
