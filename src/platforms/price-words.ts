import { plain } from '../core/plain-number.ts';

/** An amount of money, with the digits that prices have. */
export function usd(amount: number): string {
  return `$${plain(amount, 6)}`;
}

/** A price for every second of a container's life. */
export function aliveWords(usd_per_second: number): string {
  return `${usd(usd_per_second)} a second alive (${usd(3600 * usd_per_second)} an hour)`;
}

/** A price for every second of a prediction. */
export function runWords(usd_per_run_second: number): string {
  return `${usd(usd_per_run_second)} a second of a prediction`;
}
