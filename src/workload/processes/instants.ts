import { newBatch } from '../batch.ts';
import type { ArrivalProcess } from './process.ts';

/** All instants of a process before an end, in microseconds. */
export function instantsBefore(process: ArrivalProcess, end_us: number): number[] {
  const batch = newBatch();
  const length = batch.arrival_us.length;
  const out: number[] = [];
  for (;;) {
    const filled = process.fill(batch, 0, length);
    for (let i = 0; i < filled; i++) {
      if (batch.arrival_us[i]! >= end_us) return out;
      out.push(batch.arrival_us[i]!);
    }
    if (filled < length) return out;
  }
}
