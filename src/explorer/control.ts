import type { Change } from './link.ts';

/** A number that can be moved. */
export interface Range {
  readonly kind: 'range';
  /** Unique in the page: where the value stands. */
  readonly id: string;
  readonly label: string;
  /** As `s`, `$ an image`; may be empty. */
  readonly unit: string;
  /** Undefined: none is set. */
  readonly value: number | undefined;
  /** The values that the slider takes, rising. */
  readonly stops: readonly number[];
  /** What a number does not tell of what stands there. */
  readonly note?: string | undefined;
  /** Whether only whole numbers are taken. */
  readonly isWhole?: boolean;
  /** Least and greatest that may be typed. */
  readonly least: number;
  readonly most: number;
  /** What must be changed for a value. */
  set(value: number): readonly Change[];
  /** What must be changed for there to be none. */
  readonly unset?: readonly Change[];
}

/** One of several. */
export interface Choice {
  readonly kind: 'choice';
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly words: string }[];
  /** What is no longer changed once another is chosen, and all below it. */
  readonly place: readonly string[];
  set(value: string): readonly Change[];
}

export type Control = Range | Choice;

/** Controls of one thing. */
export interface ControlGroup {
  readonly title: string;
  readonly controls: readonly Control[];
}

/** Round numbers, about a dozen to each power of ten. @returns those from the least to the most, which are among them */
export function roundStops(least: number, most: number): number[] {
  const digits = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9];
  const stops = [least];
  for (let power = Math.floor(Math.log10(least)); power <= Math.ceil(Math.log10(most)); power++)
    for (const digit of digits) {
      const stop = Number((digit * 10 ** power).toPrecision(2));
      if (stop > least && stop < most) stops.push(stop);
    }
  return [...stops, most];
}

/** Whole numbers up to ten, then rounder ones. */
export function countStops(least: number, most: number): number[] {
  const small = Array.from({ length: 11 }, (_, k) => k);
  const large = most > 10 ? roundStops(10, most).map(Math.round) : [];
  return [...new Set([...small, ...large])].filter((stop) => stop >= least && stop <= most);
}

/** The place of the stop that is nearest to a value, by ratio where both are above 0. */
export function nearestStop(stops: readonly number[], value: number): number {
  const apart = (stop: number) =>
    stop > 0 && value > 0 ? Math.abs(Math.log(stop / value)) : Math.abs(stop - value) + 1e-6;
  return stops.reduce((best, stop, k) => (apart(stop) < apart(stops[best]!) ? k : best), 0);
}
