import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Hash, State } from '../../components/marks.js';
import { bytes } from '../../format/numbers.js';
import { ReadError } from '../../network/graphql-client.js';
import { readArtifact } from '../../network/read-artifact.js';
import type { Hex } from '../../network/types.js';

interface FileCheckProps {
  /** The hash that is on chain. */
  sha256: Hex;
  label: string;
  /** Downloads and hashes at once, for small files; else on a press. */
  atOnce?: boolean;
  /** Shows the hash uncut. */
  whole?: boolean;
}

/** The hash on chain, beside what this browser makes of the bytes that the store gives. */
export function FileCheck({ sha256, label, atOnce = false, whole = false }: FileCheckProps) {
  const [asked, setAsked] = useState(atOnce);
  const file = useHashedFile(sha256, asked);
  return (
    <span className="file-check">
      <Hash label={label} value={sha256} whole={whole} />
      <span role="status">
        {file.data ? (
          <>
            <State {...verdict(sha256, file.data.sha256)} />
            <span className="under">{bytes(file.data.content.length)}</span>
          </>
        ) : file.error ? (
          <span className="quiet">
            {file.error instanceof ReadError ? file.error.message : 'the file could not be read'}
          </span>
        ) : asked ? (
          <>
            <span className="quiet">hashing…</span>
            <span className="under">&nbsp;</span>
          </>
        ) : null}
      </span>
      {asked ? null : (
        <button type="button" className="link-button" onClick={() => setAsked(true)}>
          Hash the {label.replace(' hash', '')} here
        </button>
      )}
    </span>
  );
}

/** The file under a hash with the hash made of it here; read once, since its name is its content. */
export function useHashedFile(sha256: Hex | undefined, enabled: boolean) {
  return useQuery({
    queryKey: ['artifact', sha256],
    enabled: enabled && sha256 !== undefined,
    staleTime: Infinity,
    queryFn: ({ signal }) => readArtifact(sha256!, signal),
  });
}

function verdict(onChain: Hex, here: Hex): { value: string; tone: string } {
  return onChain.toLowerCase() === here
    ? { value: 'Same in this browser', tone: 'good' }
    : { value: 'Different in this browser', tone: 'bad' };
}
