/** How sure: the vendor's own page or code; a dated reading of it; a third party; inferred. */
export const GRADES = ['vendor', 'dated reading', 'third party', 'inferred'] as const;

/** Where a number comes from. */
export interface Provenance {
  /** Date on which it was read, or the span over which it was seen unchanged. */
  readonly read: string;
  /** In words. */
  readonly source: string;
  readonly grade: (typeof GRADES)[number];
}

/** A number with its unit, and where it comes from. */
export interface Fact extends Provenance {
  readonly value: number;
  readonly unit: string;
}

export type Facts = Readonly<Record<string, Fact>>;

/** A plan of Modal: what it costs, the credit that it gives back, and the most that may run at once. */
export interface ModalPlan extends Provenance {
  readonly fee_usd_per_month: number;
  readonly credit_usd_per_month: number;
  readonly gpus: number;
  /** Absent where it is not known. */
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

/** A fact for each value, all of one unit and one source. */
export function facts(unit: string, provenance: Provenance, values: Readonly<Record<string, number>>): Facts {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, unit, ...provenance }]),
  );
}
