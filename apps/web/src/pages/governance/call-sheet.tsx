import { useQuery } from '@tanstack/react-query';
import { Facts, Hash } from '../../components/marks.js';
import { Sheet } from '../../components/sheet.js';
import { Loading } from '../../components/states.js';
import { contractName } from '../../format/names.js';
import type { CallBytes, ReadCall } from '../../network/read-calls.js';
import { useNetwork } from '../../network/use-network.js';
import { Link } from '../../router/router.js';

/** What execution sends, read in the browser by the contracts' own interfaces; bytes that cannot be read say so. */
export function CallSheet({ title, calls }: { title: string; calls: readonly CallBytes[] }) {
  const { data: network, error } = useNetwork();
  const read = useQuery({
    queryKey: ['calls', calls],
    enabled: network !== undefined,
    staleTime: Infinity,
    queryFn: async () => (await import('../../network/read-calls.js')).readCalls(calls, network!.contracts),
  });
  const failed = error ?? read.error;
  const shown = read.data ?? (failed ? calls.map(asBytes) : null);
  return (
    <Sheet title={title}>
      {shown ? (
        <ol className="calls">
          {shown.map((call, index) => (
            <li key={`${call.target}-${index}`}>
              <CallOf call={call} />
            </li>
          ))}
        </ol>
      ) : (
        <Loading rows={2} label="Reading the calls" />
      )}
    </Sheet>
  );
}

function asBytes(call: CallBytes): ReadCall {
  return { ...call, contract: null, signature: null, arguments: [] };
}

function CallOf({ call }: { call: ReadCall }) {
  const value = BigInt(call.value);
  return (
    <>
      <p className="call-name">{sentence(call)}</p>
      <Facts
        rows={[
          ['Contract', <Hash key="target" label="contract" value={call.target} />],
          ...(call.signature ? [['Function', <code key="f">{call.signature}</code>] as const] : []),
          ...call.arguments.map(
            (one) => [one.name || one.type, <Argument key={one.name} {...one} call={call} />] as const,
          ),
          ...(value > 0n ? [['Ether sent', `${value} wei`] as const] : []),
        ]}
      />
      <details>
        <summary>Call data as bytes</summary>
        <pre className="code">{call.calldata}</pre>
      </details>
    </>
  );
}

function sentence({ contract, signature, calldata, value }: ReadCall): string {
  const where = contract ? contractName(contract) : 'a contract that is none of this deployment’s';
  if (signature) return `${signature.slice(0, signature.indexOf('('))} on ${where}`;
  if (calldata === '0x' && BigInt(value) === 0n) return `Nothing: an empty call to ${where}`;
  return `Cannot be read: bytes to ${where}`;
}

function Argument({ name, type, value, call }: ReadCall['arguments'][number] & { call: ReadCall }) {
  if (call.contract === 'ModelRegistry' && name === 'versionId') {
    return (
      <Link className="mono" to={`/models/${value}`}>
        {value}
      </Link>
    );
  }
  return type === 'address' || type === 'bytes32' ? (
    <Hash whole label={name} value={value} />
  ) : (
    <span className="chain-text">{value}</span>
  );
}
