import { didYouMean } from '../../core/suggest.ts';
import type { Account, ResolveContext } from '../kind.ts';

interface PlanInput {
  plan?: string | undefined;
  limits?: string | undefined;
  gpus?: number | undefined;
}

/**
 * The user's plan with Modal, if one is named or the real limits are asked for: its fee and credit, and how many
 * containers it allows of those that the user wants.
 */
export function planOf(
  { plan: named, limits, gpus = 1 }: PlanInput,
  wanted: number,
  context: ResolveContext,
): { account: Account | undefined; containers: number } {
  const name = named ?? (limits === 'real' ? 'starter' : undefined);
  const none = { account: undefined, containers: wanted };
  if (name === undefined) return none;
  const key = named === undefined ? 'limits' : 'plan';
  const { book } = context;
  const plans = book.modal.plans ?? {};
  const plan = Object.hasOwn(plans, name) ? plans[name] : undefined;
  if (plan === undefined) {
    const known = Object.keys(plans);
    const listed = known.length > 0 ? `it has ${known.join(', ')}` : 'it has none; try prices: "2026-10"';
    const message = `the price book ${book.name} has no plan of Modal "${name}": ${listed}${didYouMean(name, known)}`;
    context.error([key], message);
    return none;
  }
  const allowed = Math.min(Math.floor(plan.gpus / gpus), plan.containers ?? Number.POSITIVE_INFINITY);
  if (allowed < 1) {
    context.error(
      [key],
      `a container with ${gpus} GPUs is more than the plan ${name} allows, which is ${plan.gpus}`,
    );
    return none;
  }
  if (allowed < wanted) {
    const message = `the plan ${name} allows ${plan.gpus} GPUs: of the ${wanted} containers wanted at most ${allowed} will run`;
    context.warn([key], message);
  }
  const { fee_usd_per_month, credit_usd_per_month } = plan;
  return {
    account: { vendor: 'Modal', plan: name, fee_usd_per_month, credit_usd_per_month },
    containers: Math.min(wanted, allowed),
  };
}
