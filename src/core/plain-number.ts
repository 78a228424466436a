/** Numbers for people. */

/** No exponent, and no more decimals than are shown. */
const PLAIN = /^-?\d+(\.\d{1,9})?$/;

/** So many significant digits, never an exponent, at most nine decimals. */
export function plain(x: number, digits: number): string {
  // Adding 0 makes 0 of -0.
  const value = Number(x.toPrecision(digits)) + 0;
  const text = String(value);
  // The machine's knowledge of languages takes 20 ms to load, and is hardly ever needed.
  return PLAIN.test(text)
    ? text
    : value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 9 });
}

/** More decimals than these help nobody. */
const MOST_DECIMALS = 5;

/**
 * A value and the half of its interval: as many decimals as two digits of the half have, but at most five digits of
 * the value. The half is rounded up, so that no interval is shown narrower than it is.
 */
export function plusMinus(x: number, half: number): [value: string, half: string] {
  if (half < 1e-9 * Math.max(1, Math.abs(x))) return [plain(x, 4), '0'];
  const decimals = Math.max(0, Math.min(decimalsOf(half, 2), decimalsOf(x, 5), MOST_DECIMALS));
  const up = Math.ceil(half * 10 ** decimals) / 10 ** decimals;
  return [(Number(x.toFixed(decimals)) + 0).toFixed(decimals), up.toFixed(decimals)];
}

/** Decimals that show so many significant digits. */
function decimalsOf(x: number, digits: number): number {
  return x === 0 ? MOST_DECIMALS : digits - 1 - Math.floor(Math.log10(Math.abs(x)));
}
