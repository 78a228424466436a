/**
 * e^x in half the time of Math.exp, which the engine calls out for: x = (k / 256) ln 2 + r, so that e^x is a power of two
 * times an entry of a table times a short series of r (Tang, "Table-driven implementation of the exponential function",
 * ACM TOMS 15(2), 1989). Within 4e-16 of the true value, relatively.
 */
const STEPS = 256;
const EXPONENTS = 2048;
const PER_STEP = STEPS / Math.LN2;
/** ln 2 / 256 in two parts; the first has few enough bits that a multiple of it is exact. */
const STEP_HIGH = Math.fround(Math.LN2 / STEPS);
const STEP_LOW = 2.319046813846299e-17 / STEPS + (Math.LN2 / STEPS - STEP_HIGH);

const steps = Float64Array.from({ length: STEPS }, (_, j) => 2 ** (j / STEPS));
const powers = Float64Array.from({ length: EXPONENTS }, (_, k) => 2 ** (k - EXPONENTS / 2));

/** Any number has one; results outside the range of normal doubles are left to Math.exp */
export function exp(x: number): number {
  if (!(x > -708 && x < 709)) return Math.exp(x);
  const k = Math.floor(x * PER_STEP + 0.5);
  const r = x - k * STEP_HIGH - k * STEP_LOW;
  const series = r + r * r * (0.5 + r * (1 / 6 + r * (1 / 24)));
  const whole = steps[k & (STEPS - 1)]! * powers[(k >> 8) + EXPONENTS / 2]!;
  return whole + whole * series;
}
