import type { TimeFormat } from './time-format.ts';

/** Says what is wrong in a line of a file (counted from 1). */
export type ReportLine = (line: number, message: string) => void;

/** What is wanted of a log. */
export interface LogSpec {
  /** Without one, rows have no arrival: they are a sample of requests. */
  readonly time_column?: string | undefined;
  /** Default: as the first time that can be read is written, or most of the first if bad rows are dropped; numbers being seconds from t = 0. */
  readonly time_format?: TimeFormat | undefined;
  readonly work_column?: string | undefined;
  readonly images_column?: string | undefined;
  readonly adapter_column?: string | undefined;
  readonly origin?: string | undefined;
  /** The slice that is wanted: timestamps, or durations from t = 0. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Whether rows that cannot be read are errors or left out. */
  readonly bad_rows?: 'error' | 'drop' | undefined;
}

/** A request log in memory, sorted by arrival; 8 bytes a row and column. */
export interface TraceRows {
  readonly arrival_us: Float64Array;
  /** Size of each request, if the log has a work column. */
  readonly work?: Float64Array | undefined;
  /** Outputs of each request, if the log has an images column. */
  readonly images?: Float64Array | undefined;
  /** Adapter of each request, a position in adapterNames or -1, if the log has an adapter column. */
  readonly adapter?: Float64Array | undefined;
  /** In order of their first appearance in the file. */
  readonly adapterNames?: readonly string[] | undefined;
  /** After which a repeated log begins anew, above 0 unless the slice is none; default: the end of the hour of the last row. */
  readonly period_us?: number | undefined;
  /** How the file was read. */
  readonly reading?: Reading | undefined;
}

/** What was read of a log, and what was not. */
export interface Reading {
  /** Rows below the header: those that were kept, and those that are early, late, unreadable or far. */
  readonly rows: number;
  /** Rows before `from` if it is given, else before the origin; they were left out. */
  readonly early: number;
  /** Rows from `to` on; they were left out. */
  readonly late: number;
  /** Rows that could not be read and were dropped, and what was wrong with the first. */
  readonly unreadable: number;
  readonly firstUnreadable?: string | undefined;
  /** Rows that were dropped because their time lies far from all others. */
  readonly far: number;
  /** Rows that are earlier than the one before them; they were sorted. */
  readonly unsorted: number;
  /** Rows that equal another in all that was read; they were kept. */
  readonly repeated: number;
  /** Microseconds from 1970 to t = 0; undefined if the log counts from a time of its own. */
  readonly epoch_us?: number | undefined;
}
