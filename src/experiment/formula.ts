import { charge, type PlatformSpec } from '../platforms/table.ts';
import { NO_USAGE, total_usd, type Usage } from '../platforms/usage.ts';

/** A crossover by arithmetic: what an article computes without a queue. */
export interface Formula {
  /** N* = 3600 M / R: images an hour at which one container that never rests costs what the images cost. */
  readonly images_per_hour: number;
  /** Share of that container's time that the images take: what the formula silently assumes to be one container. */
  readonly utilization: number;
}

/** $ for an image without the time of a container, and $ for a second of a container without an image. */
function rates(platform: PlatformSpec): { perImage: number; perSecond: number } {
  const usd = (usage: Partial<Usage>) => total_usd(charge(platform, { ...NO_USAGE, ...usage }));
  return {
    perImage: usd({ images: 1, run_s: platform.seconds_per_image }),
    perSecond: usd({ length_s: 1, idle_s: 1, floor_s: 1 }),
  };
}

/** The formula, if one platform charges by the image and the other by the second; else undefined. */
export function formulaOf(platforms: readonly [PlatformSpec, PlatformSpec]): Formula | undefined {
  const [a, b] = platforms.map(rates) as [ReturnType<typeof rates>, ReturnType<typeof rates>];
  const byImage =
    a.perImage > 0 && a.perSecond === 0 ? a : b.perImage > 0 && b.perSecond === 0 ? b : undefined;
  const other = byImage === a ? b : a;
  if (byImage === undefined || !(other.perSecond > 0) || other.perImage > 0) return undefined;
  const perSecond = byImage === a ? platforms[1] : platforms[0];
  const images_per_hour = (3600 * other.perSecond) / byImage.perImage;
  return { images_per_hour, utilization: (images_per_hour * perSecond.seconds_per_image) / 3600 };
}
