import type { ComputeErrorCode } from '../compute.errors.js';
import type { Device, EngineName, Tensors } from './engine.js';

/** Which engine a host process or thread opens. */
export interface EngineRequest {
  readonly name: EngineName;
  readonly device: Device;
  readonly threads?: number;
}

/** What the owner of a host asks of it; `session` is the number that `load` gave. */
export type HostCall =
  | { readonly kind: 'open'; readonly engine: EngineRequest }
  | { readonly kind: 'load'; readonly model: Uint8Array }
  | { readonly kind: 'hold'; readonly session: number; readonly inputs: Tensors }
  | {
      readonly kind: 'step';
      readonly session: number;
      readonly inputs: Tensors;
      readonly feedback: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'held'; readonly session: number; readonly names: readonly string[] }
  | { readonly kind: 'dispose'; readonly session: number };

export interface HostRequest {
  readonly id: number;
  readonly call: HostCall;
}

export type HostReply =
  | { readonly id: number; readonly ok: true; readonly result: Tensors | number | undefined }
  | { readonly id: number; readonly ok: false; readonly code: ComputeErrorCode; readonly message: string };

/** Asks a thread to end after the call that it is at. */
export const STOP = 'stop';
