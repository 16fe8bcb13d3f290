import { encodeDeployData, encodeFunctionData, size } from 'viem';
import type {
  Abi,
  Address,
  ContractConstructorArgs,
  ContractFunctionArgs,
  ContractFunctionName,
  Hex,
} from 'viem';

/** One transaction of a deployment. */
export interface DeployStep {
  /** What it does, for progress and failures. */
  readonly name: string;
  /** The contract called; absent when one is created. */
  readonly to?: Address;
  readonly data: Hex;
  /** Upper bound of gas, so that nothing has to be estimated while earlier steps are still on their way. */
  readonly gas: bigint;
}

type Writes = 'nonpayable' | 'payable';

/** A step that creates a contract. `extraGas` covers what its constructor stores. */
export function createStep<const TAbi extends Abi>(
  name: string,
  contract: { readonly abi: TAbi; readonly bytecode: Hex },
  args: ContractConstructorArgs<TAbi>,
  extraGas = 0n,
): DeployStep {
  const data = encodeDeployData({
    abi: contract.abi as Abi,
    bytecode: contract.bytecode,
    args: args as unknown[],
  });
  // 200 a byte to keep the code, at most 40 a byte to send it, the rest for the constructor.
  return { name: `create ${name}`, data, gas: 500_000n + 250n * BigInt(size(data)) + extraGas };
}

/** A step that calls a contract. */
export function callStep<const TAbi extends Abi, TName extends ContractFunctionName<TAbi, Writes>>(
  name: string,
  to: Address,
  abi: TAbi,
  functionName: TName,
  args: ContractFunctionArgs<TAbi, Writes, TName>,
): DeployStep {
  const data = encodeFunctionData({
    abi: abi as Abi,
    functionName: functionName as string,
    args: args as unknown[],
  });
  // Text that is stored costs about 690 gas a byte; 250,000 covers every fixed part with room.
  return { name, to, data, gas: 250_000n + 800n * BigInt(size(data)) };
}
