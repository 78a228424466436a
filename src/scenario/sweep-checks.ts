import { didYouMean } from '../core/suggest.ts';
import { commonKeys } from '../platforms/keys.ts';
import { type KindName, platformKinds } from '../platforms/table.ts';
import type { Fault } from './checks.ts';
import { canonicalPath } from './overrides.ts';
import type { ScenarioInput } from './schema.ts';

/** Parts of a scenario that change what a platform does or costs, beside its own keys. */
const PARTS = ['traffic', 'duration', 'start', 'seed', 'prices', 'model', 'variant'];

/** Where an axis of a sweep leads: a name without dots is a key of the platform, or a part of the scenario. */
export function axisPath(name: string, platform: string): string[] {
  return name.includes('.') || PARTS.includes(name) ? name.split('.') : ['platforms', platform, name];
}

/** Axes that lead nowhere, that change nothing, or that change the same. @param written the scenario as it is written */
export function axisFaults(sweep: ScenarioInput['sweep'], written: unknown): Fault[] {
  if (sweep === undefined) return [];
  const seen = new Map<string, string>();
  return Object.keys(sweep.grid).flatMap((name) => {
    const at = ['sweep', 'grid', name];
    const path = axisPath(name, sweep.platform);
    const message = faultOf(path, sweep.platform, written);
    if (message) return [{ path: at, message }];
    const place = canonicalPath(written, path)?.join('.');
    // What leads nowhere is told where its values are put in place.
    if (place === undefined) return [];
    const other = seen.get(place);
    seen.set(place, name);
    return other === undefined ? [] : [{ path: at, message: `this and the axis "${other}" set the same` }];
  });
}

function faultOf(path: readonly string[], platform: string, written: unknown): string | undefined {
  const [part, owner, key] = path as [string, string | undefined, string | undefined];
  if (PARTS.includes(part)) return undefined;
  if (part !== 'platforms')
    return `changes nothing that ${platform} does; sweep a key of ${platform}, or a path as traffic.images.rate`;
  if (owner !== platform)
    return `changes nothing that ${platform} does: the sweep is of platform ${platform}`;
  const platforms = (written as { platforms?: Record<string, { kind?: KindName } | undefined> }).platforms;
  const kind = platforms?.[platform]?.kind;
  const row = kind && Object.hasOwn(platformKinds, kind) ? platformKinds[kind] : undefined;
  if (row === undefined || key === undefined) return undefined;
  const known = [...Object.keys(commonKeys), ...Object.keys(row.keys())];
  if (known.includes(key)) return undefined;
  const near = didYouMean(key, known) || '; other parts of a scenario are paths, as traffic.images.rate';
  return `no key "${key}" of ${kind}${near}`;
}
