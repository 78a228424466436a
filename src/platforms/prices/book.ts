/** Where a number comes from. */
export interface Fact {
  readonly value: number;
  readonly unit: string;
  /** Date on which it was read, or the span over which it was seen unchanged. */
  readonly read: string;
  /** In words. */
  readonly source: string;
  /** How sure: the vendor's own page or code; a dated reading of it; a third party; inferred. */
  readonly grade: 'vendor' | 'dated reading' | 'third party' | 'inferred';
}

export type Facts = Readonly<Record<string, Fact>>;

/** What a plan of Modal costs, grants and allows. */
export interface ModalPlan {
  readonly fee_usd_per_month: number;
  readonly credit_usd_per_month: number;
  /** Most GPUs at once. */
  readonly gpus: number;
  /** Most containers at once, where it is known. */
  readonly containers?: number | undefined;
}

/** Dated prices and speeds. Every number can be overridden in a scenario. */
export interface PriceBook {
  readonly name: string;
  readonly modal: {
    /** $ a second, by GPU. */
    readonly gpus: Facts;
    /** $ a second for a physical core, and for a GiB of memory. */
    readonly cpuCore?: Fact;
    readonly memoryGib?: Fact;
    /** By name. */
    readonly plans?: Readonly<Record<string, ModalPlan>>;
  };
  readonly replicate: {
    /** $ an output image of an official model, by model. */
    readonly images: Facts;
    /** $ a second, by hardware. */
    readonly hardware: Facts;
  };
  readonly runpod: { readonly gpus: Facts };
  /** Seconds for one reference image (1024 x 1024, 28 steps), by model, variant and GPU. */
  readonly speeds: Readonly<Record<string, Readonly<Record<string, Facts>>>>;
}

type Provenance = Pick<Fact, 'read' | 'source' | 'grade'>;

/** A fact for each value, all of one unit and one source. */
export function facts(unit: string, provenance: Provenance, values: Readonly<Record<string, number>>): Facts {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, unit, ...provenance }]),
  );
}
