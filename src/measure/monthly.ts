import type { Account } from '../platforms/kind.ts';

/** What a platform's use costs, and the subscription it is on. */
export interface AccountCost {
  readonly cost_usd_per_hour: number;
  readonly account: Account | undefined;
}

const HOURS_PER_MONTH = 24 * 30;

/** $ for 30 days: of each subscription its use beyond the credit, and its fee. Platforms of one vendor and plan share it. */
export function monthlyCost(costs: readonly AccountCost[]): number {
  const shared = new Map<string, AccountCost>();
  let total = 0;
  for (const { cost_usd_per_hour, account } of costs) {
    if (account === undefined) {
      total += cost_usd_per_hour * HOURS_PER_MONTH;
      continue;
    }
    const key = `${account.vendor} ${account.plan}`;
    const before = shared.get(key)?.cost_usd_per_hour ?? 0;
    shared.set(key, { cost_usd_per_hour: before + cost_usd_per_hour, account });
  }
  for (const { cost_usd_per_hour, account } of shared.values()) {
    const { fee_usd_per_month, credit_usd_per_month } = account!;
    total += Math.max(0, cost_usd_per_hour * HOURS_PER_MONTH - credit_usd_per_month) + fee_usd_per_month;
  }
  return total;
}
