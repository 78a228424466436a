/** The sum of whole numbers, exact also where it passes 2^53 on the way (then rounded once, at the end). */
export function exactSum(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i]!;
    if (!Number.isSafeInteger(sum)) return exactBigSum(values);
  }
  return sum;
}

function exactBigSum(values: ArrayLike<number>): number {
  let sum = 0n;
  for (let i = 0; i < values.length; i++) sum += BigInt(values[i]!);
  return Number(sum);
}
