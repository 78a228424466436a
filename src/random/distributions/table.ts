import { type ConstantSpec, constantKind } from './constant.ts';
import type { Distribution, DistributionKind } from './distribution.ts';
import { type EmpiricalSpec, empiricalKind } from './empirical.ts';
import { type ExponentialSpec, exponentialKind } from './exponential.ts';
import { type GammaSpec, gammaKind } from './gamma.ts';
import { type HyperexponentialSpec, hyperexponentialKind } from './hyperexponential.ts';
import { type LognormalSpec, lognormalKind } from './lognormal.ts';
import { mixture } from './mixture.ts';
import { type UniformSpec, uniformKind } from './uniform.ts';
import { type WeibullSpec, weibullKind } from './weibull.ts';

/** Every distribution a scenario can name. A new one is a file and a line here. */
export const distributions = {
  constant: constantKind,
  uniform: uniformKind,
  exponential: exponentialKind,
  lognormal: lognormalKind,
  gamma: gammaKind,
  weibull: weibullKind,
  hyperexponential: hyperexponentialKind,
  empirical: empiricalKind,
} as const;

export type SimpleSpec =
  | ConstantSpec
  | UniformSpec
  | ExponentialSpec
  | LognormalSpec
  | GammaSpec
  | WeibullSpec
  | HyperexponentialSpec
  | EmpiricalSpec;

export interface MixtureSpec {
  distribution: 'mixture';
  parts: { weight: number; of: SimpleSpec }[];
}

/** A law as plain data: times in seconds. */
export type DistributionSpec = SimpleSpec | MixtureSpec;

/** The row of the table that a spec names. */
export function kindOf(spec: SimpleSpec): DistributionKind<SimpleSpec> {
  return distributions[spec.distribution] as DistributionKind<SimpleSpec>;
}

export function makeDistribution(spec: DistributionSpec): Distribution {
  if (spec.distribution !== 'mixture') return kindOf(spec).make(spec);
  return mixture(spec.parts.map((part) => ({ weight: part.weight, of: makeDistribution(part.of) })));
}
