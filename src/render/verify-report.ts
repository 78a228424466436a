import { plain, plusMinus } from '../core/plain-number.ts';
import { LAMBDA_BOUNDS, type LambdaErrors } from '../experiment/verification/aws-lambda.ts';
import { QUANTITIES } from '../experiment/verification/measured.ts';
import { type Comparison, MOST_ERRORS, PLANTED_SHARE } from '../experiment/verification/verdict.ts';

/** Every exact value beside what was simulated: a line each, under its model. */
export function verifyLines(comparisons: readonly Comparison[]): string[] {
  const line = (...[what, truth, value, z]: [string, string, string, string]) =>
    `  ${what.padEnd(24)}${truth.padStart(14)}${value.padStart(24)}${z.padStart(10)}`;
  const lines = comparisons.flatMap(({ name, source, quantity, truth, estimate, z, isHeld }, k) => {
    const unit = QUANTITIES[quantity];
    const [value, half] = plusMinus(estimate.value!, estimate.high! - estimate.value!);
    const what = unit ? `${quantity}, ${unit}` : quantity;
    const own = line(what, plain(truth, 6), `${value} ± ${half}`, `${z.toFixed(2)}${isHeld ? ' ' : '!'}`);
    return comparisons[k - 1]?.name === name ? [own] : [`${name} (${source})`, own];
  });
  return [line('', 'exact', 'simulated, 95 %', 'z '), ...lines];
}

/** What it comes to, in sentences. */
export function verifyWords(
  comparisons: readonly Comparison[],
  planted: readonly Comparison[],
  lambda: LambdaErrors,
  faults: readonly string[],
): string[] {
  const missed = comparisons.filter(({ isHeld }) => !isHeld).length;
  const believed = planted.filter(({ isHeld }) => isHeld).length;
  const percent = (share: number) => `${plain(100 * share, 3)} %`;
  return [
    `${comparisons.length} exact values, ${missed === 0 ? 'all held' : `${missed} missed (!)`}: none may be more than ${plain(MOST_ERRORS, 2)} standard errors off.`,
    `${planted.length} values planted that are ${percent(PLANTED_SHARE)} off, ${believed === 0 ? 'all refused, as they must be' : `${believed} of them believed`}.`,
    `20 measurements on AWS Lambda: mean error of the share of cold requests ${percent(lambda.coldShare)} (at most ${percent(LAMBDA_BOUNDS.coldShare)}), of the instances ${percent(lambda.instances)} (at most ${percent(LAMBDA_BOUNDS.instances)}).`,
    faults.length === 0
      ? 'A scenario in which much happens gives the same bytes as on the machine of the release, in one thread and in several.'
      : `${faults.join('; ')}.`,
  ];
}

/** Whether everything is as it must be. */
export function isVerified(
  comparisons: readonly Comparison[],
  planted: readonly Comparison[],
  lambda: LambdaErrors,
  faults: readonly string[],
): boolean {
  return (
    comparisons.every(({ isHeld }) => isHeld) &&
    planted.every(({ isHeld }) => !isHeld) &&
    lambda.coldShare <= LAMBDA_BOUNDS.coldShare &&
    lambda.instances <= LAMBDA_BOUNDS.instances &&
    faults.length === 0
  );
}
