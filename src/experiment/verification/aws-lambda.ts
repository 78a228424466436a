import type { Estimate } from '../../stats/estimate.ts';
import { CONSTANT, poisson, poolScenario } from './case.ts';
import type { Quantity } from './measured.ts';

/**
 * Twenty measurements on AWS Lambda, which stops an instance after ten idle minutes: requests a second, mean service of
 * a warm and of a cold request in seconds, mean instances, share of cold requests. Facts published with SimFaaS
 * (Mahmoudi and Khazaei, "SimFaaS: A performance simulator for serverless computing platforms", CLOSER 2021;
 * examples/exp.csv, MIT), rounded to six digits.
 */
const MEASURED: readonly (readonly [number, number, number, number, number])[] = [
  [0.00186314, 1.955, 2.56342, 0.674194, 0.342988],
  [0.00245766, 1.9542, 2.46275, 0.813505, 0.210828],
  [0.00288164, 1.95241, 2.53606, 0.779471, 0.145431],
  [0.00345346, 1.95983, 2.43014, 0.90757, 0.110098],
  [0.004248, 1.95828, 2.3978, 0.945903, 0.0794801],
  [0.00572478, 1.95171, 2.35857, 1.0319, 0.0382848],
  [0.00785094, 1.96964, 2.42196, 1.12908, 0.0338214],
  [0.0163836, 1.95943, 2.34086, 1.2699, 0.0195526],
  [0.05012, 1.96713, 2.19231, 2.11358, 0.00854213],
  [0.0998711, 1.97259, 2.31011, 2.7641, 0.00594912],
  [0.100377, 1.97589, 2.24413, 2.8888, 0.00565849],
  [0.198076, 1.98614, 2.301998, 3.71882, 0.00372428],
  [0.301791, 1.99168, 2.2708, 4.42176, 0.00293949],
  [0.397486, 1.99778, 2.18051, 5.045, 0.00208464],
  [0.499673, 2.00674, 2.15244, 5.6942, 0.00191331],
  [0.595606, 2.0024, 2.20871, 6.41938, 0.00175595],
  [0.697266, 2.01268, 2.18353, 6.92772, 0.00175121],
  [0.797943, 2.01549, 2.18283, 7.56394, 0.0015602],
  [0.902459, 2.01605, 2.16343, 7.86984, 0.00151339],
  [1.00053, 2.02175, 2.17254, 8.39714, 0.00130704],
];

export const LAMBDA_POINTS = MEASURED.map(([perSecond, warm_s, cold_s, instances, coldShare]) => ({
  instances,
  coldShare,
  scenario: poolScenario({
    traffic: poisson(perSecond),
    service: warm_s,
    work: CONSTANT,
    pool: [
      'max_containers: 1000',
      'container_idle_timeout: 600s',
      `cold_start: ${Number((cold_s - warm_s).toPrecision(6))}s`,
    ],
    // Rare requests need many days for as many cold starts.
    duration: `${Math.round(Math.min(40, Math.max(2, 0.2 / perSecond)))}d`,
  }),
}));

/** What is promised: within so much of the measurements, on average. */
export const LAMBDA_BOUNDS: LambdaErrors = { coldShare: 0.15, instances: 0.04 };

/** How far simulated values are from the measured ones. */
export interface LambdaErrors {
  /** Mean absolute percentage errors, as shares. */
  readonly coldShare: number;
  readonly instances: number;
}

/** @param found in the order of LAMBDA_POINTS */
export function lambdaErrors(found: readonly Record<Quantity, Estimate>[]): LambdaErrors {
  const mean = (errors: readonly number[]) => errors.reduce((sum, x) => sum + x, 0) / errors.length;
  const off = (value: number | null, truth: number) => Math.abs((value ?? 0) / truth - 1);
  return {
    coldShare: mean(LAMBDA_POINTS.map(({ coldShare }, k) => off(found[k]!.starts.value, coldShare))),
    instances: mean(LAMBDA_POINTS.map(({ instances }, k) => off(found[k]!.containers.value, instances))),
  };
}
