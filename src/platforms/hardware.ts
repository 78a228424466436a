import { number, text } from '../core/fields.ts';
import { fromBook, secondsPerImage } from './keys.ts';
import type { ResolveContext } from './kind.ts';
import { lookUp } from './prices/look-up.ts';

/** Keys of platforms that charge Replicate's hardware by the second: one of them is needed. */
export const runKeys = {
  hardware: text('the name of a hardware', 64).optional(),
  usd_per_run_second: number({ min: 0, max: 1000 }).optional(),
};

export const aliveKeys = {
  hardware: text('the name of a hardware', 64).optional(),
  usd_per_second: number({ min: 0, max: 1000 }).optional(),
};

/** $ a second: as written, or of the hardware in the price book. @param key the key that says it */
export function hardwareRate(
  { hardware, written }: { hardware: string | undefined; written: number | undefined },
  key: string,
  context: ResolveContext,
): number {
  const known = context.book.replicate.hardware;
  if (written !== undefined) return written;
  if (hardware === undefined) {
    context.error(
      [],
      `needs hardware or ${key}; hardware in the price book ${context.book.name}: ${Object.keys(known).join(', ')}`,
    );
    return Number.NaN;
  }
  return fromBook(
    context,
    ['hardware'],
    () => lookUp(context.book, 'Replicate hardware', known, hardware).value,
    key,
  );
}

/** Seconds for one image on a hardware: as written, or from the book, where the hardware's GPU has the same name. */
export function secondsOnHardware(
  input: Parameters<typeof secondsPerImage>[0] & { hardware?: string | undefined },
  context: ResolveContext,
): number {
  return secondsPerImage({ ...input, gpu: input.hardware }, context, 'hardware');
}
