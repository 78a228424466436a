/** How a service ended: by itself; cut at its timeout; cut at the deadline of its request. */
export const COMPLETED = 0;
export const FAILED = 1;
export const CANCELED = 2;

/**
 * Follows the fate of every reported request. Requests are numbered from 0 in order of arrival; of each one either
 * its start, its abort or its rejection is told.
 */
export interface Trail {
  /** The next request arrives. */
  arrived(): void;
  started(number: number, start_us: number, service_us: number, cold: boolean, fate: number): void;
  aborted(number: number): void;
  rejected(number: number): void;
}
