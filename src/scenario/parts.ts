import type * as z from 'zod';
import type { SourceSpec } from '../workload/source.ts';
import { type Refusal, refusals } from './issues.ts';
import { type ScenarioInput, scenarioKeys, scenarioSchema } from './schema.ts';

/** The parts of a scenario that are right one by one. */
export interface Parts {
  /** Whether every part is right. */
  readonly whole: boolean;
  get<Key extends keyof ScenarioInput>(key: Key): ScenarioInput[Key] | undefined;
  readonly sources: readonly { index: number; spec: SourceSpec }[];
  readonly platforms: readonly { name: string; input: ScenarioInput['platforms'][string] }[];
}

export const NO_PARTS: Parts = { whole: false, get: () => undefined, sources: [], platforms: [] };

/** Reads the parts that are right, so that what is wrong between them is found as well. @param tell of what is wrong */
export function partsOf(value: unknown, tell: (refusal: Refusal) => void): Parts {
  const whole = scenarioSchema.safeParse(value);
  if (whole.success) {
    const { data } = whole;
    return {
      whole: true,
      get: (key) => data[key],
      sources: data.traffic.map((spec, index) => ({ index, spec })),
      platforms: Object.entries(data.platforms).map(([name, input]) => ({ name, input })),
    };
  }
  for (const one of refusals(whole.error.issues)) tell(one);
  const record = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const part = <Key extends keyof ScenarioInput>(key: Key): ScenarioInput[Key] | undefined => {
    const read = (scenarioKeys[key] as unknown as z.ZodType<ScenarioInput[Key]>).safeParse(record[key]);
    return read.success ? read.data : undefined;
  };
  const sources = Array.isArray(record.traffic) ? record.traffic : [];
  const { platforms } = record;
  const isMap = typeof platforms === 'object' && platforms !== null && !Array.isArray(platforms);
  return {
    whole: false,
    get: part,
    sources: sources.flatMap((written, index) => {
      const read = scenarioKeys.traffic.safeParse([written]);
      return read.success ? [{ index, spec: read.data[0]! }] : [];
    }),
    platforms: Object.entries(isMap ? platforms : {}).flatMap(([name, written]) => {
      const read = scenarioKeys.platforms.safeParse({ [name]: written });
      return read.success ? [{ name, input: read.data[name]! }] : [];
    }),
  };
}
