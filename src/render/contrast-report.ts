import { plain, plusMinus } from '../core/plain-number.ts';
import { type Contestant, type Contrast, isPaired } from '../experiment/contrast.ts';
import type { Estimate } from '../stats/estimate.ts';

interface Line {
  readonly label: string;
  readonly name: string;
  /** Multiplies the value, as 100 for a percentage. */
  readonly factor?: number;
}

const LINES: readonly Line[] = [
  { label: '$/hour', name: 'cost_usd_per_hour' },
  { label: '  starting', name: 'cost_starting_usd_per_hour' },
  { label: '  busy', name: 'cost_busy_usd_per_hour' },
  { label: '  idle', name: 'cost_idle_usd_per_hour' },
  { label: '  per request', name: 'cost_request_usd_per_hour' },
  { label: '$/image', name: 'cost_usd_per_image' },
  { label: 'p50 s', name: 'latency_p50_s' },
  { label: 'p95 s', name: 'latency_p95_s' },
  { label: 'p99 s', name: 'latency_p99_s' },
  { label: 'mean wait s', name: 'wait_mean_s' },
  { label: '  for cold starts', name: 'wait_cold_mean_s' },
  { label: '  in the queue', name: 'wait_queue_mean_s' },
  { label: 'cold requests %', name: 'cold_request_fraction', factor: 100 },
  { label: 'GPU utilization %', name: 'gpu_utilization', factor: 100 },
  { label: 'containers', name: 'containers_mean' },
  { label: '  starting s/hour', name: 'starting_s_per_hour' },
  { label: '  busy s/hour', name: 'busy_s_per_hour' },
  { label: '  idle s/hour', name: 'idle_s_per_hour' },
];

/** Rows of cells, the first of them the head. Differences that may be chance have a question mark. */
export function contrastRows(a: Contestant, b: Contestant, contrasts: readonly Contrast[]): string[][] {
  const rows = LINES.flatMap(({ label, name, factor = 1 }) => {
    const found = contrasts.find((one) => one.name === name);
    if (found === undefined || (found.a === 0 && found.b === 0)) return [];
    const shown = (value: number | null) => (value === null ? '–' : plain(value * factor, 4));
    return [[label, shown(found.a), shown(found.b), difference(found.difference, factor)]];
  });
  return [['', `A: ${a.name}`, `B: ${b.name}`, 'B - A'], ...rows];
}

function difference({ value, low, high }: Estimate, factor: number): string {
  if (value === null) return '–';
  const sign = value > 0 ? '+' : '';
  if (low === null || high === null) return `${sign}${plain(value * factor, 3)}`;
  const isChance = low <= 0 && high >= 0 && value !== 0;
  const [shown, half] = plusMinus(value * factor, (high - value) * factor);
  return `${sign}${shown} ±${half}${isChance ? ' ?' : '  '}`;
}

/** How the differences are to be read, and what drives that of the cost. */
export function contrastWords(a: Contestant, b: Contestant, contrasts: readonly Contrast[]): string[] {
  const how = isPaired(a, b)
    ? 'Both served the same requests: differences are taken replication by replication.'
    : 'They are not known to have served the same requests: the intervals of both are added up, and are wider for it.';
  const shared = [a, b].filter(({ isShared }) => isShared);
  const others =
    shared.length > 0
      ? [
          `Containers, and what they do, are those of all tenants: ${shared.map(({ name }) => name).join(' and ')}.`,
        ]
      : [];
  const chance = contrasts.some(
    ({ difference: { low, high } }) => low !== null && high !== null && low < 0 && high > 0,
  );
  return [
    how,
    ...costWords(contrasts),
    ...others,
    ...(chance ? ['? the difference may be chance (95 % interval).'] : []),
  ];
}

/** What makes up the difference in cost, the largest part first; nothing where it may be chance. */
function costWords(contrasts: readonly Contrast[]): string[] {
  const { difference } = contrasts.find(({ name }) => name === 'cost_usd_per_hour')!;
  const { value, low, high } = difference;
  if (value === null || value === 0 || (low !== null && high !== null && low <= 0 && high >= 0)) return [];
  const dollars = (part: number) => `${part > 0 ? '+' : '-'}$${plain(Math.abs(part), 3)}`;
  const parts = LINES.filter(({ name }) => /^cost_(starting|busy|idle|request)_/.test(name))
    .flatMap(({ label, name }) => {
      const part = contrasts.find((one) => one.name === name)?.difference.value ?? 0;
      return part === 0 ? [] : [{ label: label.trim(), part }];
    })
    .sort((x, y) => Math.abs(y.part) - Math.abs(x.part));
  if (parts.length === 0) return [];
  const listed = parts.map(({ label, part }) => `${dollars(part)} ${label}`).join(', ');
  return [`The difference in cost, ${dollars(value)} an hour, is ${listed}.`];
}
