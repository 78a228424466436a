import type { TraceSpec } from '../../src/workload/processes/trace.ts';
import { TraceReader } from '../../src/workload/trace-reader.ts';

export function traceSpec(rest: Partial<TraceSpec> = {}): TraceSpec {
  return { process: 'trace', file: 'log.csv', time_column: 't', repeat: 1, ...rest };
}

/** A log whose lines are given as text, the header first; lines count from 1. */
export function readLog(lines: readonly string[], rest: Partial<TraceSpec> = {}) {
  const problems: string[] = [];
  const reader = new TraceReader(traceSpec(rest), (line, message) => problems.push(`${line}: ${message}`));
  for (const [i, text] of lines.entries()) {
    if (i === 0) reader.header(text.split(','));
    else reader.row(text.split(','), i + 1);
  }
  const rows = reader.finish();
  return {
    problems,
    rows,
    /** Arrivals in seconds. */
    arrivals: rows && Array.from(rows.arrival_us, (us) => us / 1e6),
    work: rows?.work && Array.from(rows.work),
    images: rows?.images && Array.from(rows.images),
  };
}
