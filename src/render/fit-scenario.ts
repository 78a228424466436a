import { plain } from '../core/plain-number.ts';
import { DAY_US, seconds } from '../core/time.ts';
import type { Comparison } from '../fit/comparison.ts';
import type { DistributionSpec } from '../random/distributions/table.ts';
import type { ProcessSpec } from '../workload/processes/table.ts';
import type { ProfileSpec } from '../workload/profile.ts';
import { yamlText } from './yaml-text.ts';

/** What a scenario is made of that sets a fitted process beside the replay of its log. */
export interface FitScenario {
  readonly name: string;
  /** The log, as the scenario should name it. */
  readonly log: string;
  readonly columns: Readonly<Record<string, string>>;
  /** What the process is called. */
  readonly best: string;
  readonly comparison: Comparison;
  /** Microseconds from 1970 to the log's own 0; undefined if it counts from a time of its own. */
  readonly epoch_us: number | undefined;
  readonly hasSize: boolean;
  /** Seconds that the unit of the work column lasts, as 0.001. */
  readonly unit_s: number;
  readonly hasDropped: boolean;
  /** Room for the busiest hour of the log. */
  readonly max_containers: number;
  /** What must be known of the comparison, a line each. */
  readonly notes: readonly string[];
}

/** The text of a scenario that runs. */
export function fitScenario(scenario: FitScenario): string {
  const { name, log, columns, best, comparison, epoch_us, hasSize, unit_s, hasDropped } = scenario;
  const { max_containers, notes } = scenario;
  const { process, profile } = comparison;
  const { work_column, images_column } = columns;
  const drop = hasDropped ? ['bad_rows: drop'] : [];
  const slice = sliceKeys(comparison, epoch_us);
  const rows = [
    `file: ${yamlText(log)}`,
    ...(profile ? [...slice, ...timeKeys(columns)].map(([key, value]) => `${key}: ${yamlText(value)}`) : []),
    ...(work_column ? [`work_column: ${yamlText(work_column)}`] : []),
    ...(images_column ? [`images_column: ${yamlText(images_column)}`] : []),
    ...drop,
  ];
  const attributes =
    work_column || images_column
      ? [`    attributes: { ${rows.join(', ')} }   # sizes and images together, as they are in the log`]
      : [];
  const replayed = [...Object.entries(columns), ...slice].map(
    ([key, value]) => `    ${key}: ${yamlText(value)}`,
  );
  const speed = hasSize ? `seconds_per_image: ${plain(unit_s, 3)}, ` : '';
  const modal = (source: string) =>
    `{ kind: modal, gpu: H100, ${speed}keep_warm: 0, container_idle_timeout: 60s, max_containers: ${max_containers}, sources: [${source}] }`;
  return `# Traffic fitted to ${log} by warmpool fit: ${best}, beside the log itself, through one and the same pool.
# Where both cost and wait alike, the fitted source may stand for the log: scale it, stretch it, draw it anew.
${notes.map((note) => `# ${note}\n`).join('')}name: ${name}
duration: ${lengthText(comparison)}
replications: 20
${hasSize ? '' : 'model: flux-dev              # speeds and prices of the book; a log without sizes does not say what it asks for\n'}traffic:
  - name: fitted
${processLines(process)
  .map((line) => `    ${line}\n`)
  .join(
    '',
  )}${profile ? `    profile: ${profileText(profile)}\n` : ''}${attributes.map((line) => `${line}\n`).join('')}  - name: replay
    process: trace
    file: ${yamlText(log)}
${[...replayed, ...drop.map((line) => `    ${line}`)].map((line) => `${line}\n`).join('')}platforms:
  modal-fitted: ${modal('fitted')}
  modal-replay: ${modal('replay')}
`;
}

function lengthText({ from_us, to_us }: Comparison): string {
  const length_us = to_us - from_us;
  return length_us % DAY_US === 0 ? `${length_us / DAY_US}d` : `${seconds(length_us)}s`;
}

/** The slice of the log that is replayed, where t = 0 lies at its begin. */
function sliceKeys(
  { profile, from_us, to_us }: Comparison,
  epoch_us: number | undefined,
): [string, string][] {
  if (profile === undefined) return [['origin', 'first-arrival']];
  const edge = (t_us: number) =>
    epoch_us === undefined ? `${t_us / DAY_US}d` : new Date((t_us + epoch_us) / 1000).toISOString();
  return [
    ['from', edge(from_us)],
    ['to', edge(to_us)],
  ];
}

/** How a log tells its times. */
function timeKeys(columns: FitScenario['columns']): [string, string][] {
  return Object.entries(columns).filter(([key]) => key.startsWith('time_'));
}

function processLines(spec: ProcessSpec): string[] {
  const { process, ...keys } = spec;
  return [
    `process: ${process}`,
    ...Object.entries(keys).map(([key, value]) => {
      if (key === 'size') return `size: [${sizeParts(value).join(', ')}]`;
      if (!Array.isArray(value)) return entries({ [key]: value })[0]!;
      return `${key}: [${value.map((state) => `{ ${entries(state).join(', ')} }`).join(', ')}]`;
    }),
  ];
}

/** The parts of a mixture of whole numbers. */
function sizeParts({ parts }: Extract<DistributionSpec, { distribution: 'mixture' }>): string[] {
  return parts.map(({ weight, of }) => {
    const { distribution, ...keys } = of;
    return `{ weight: ${plain(weight, 4)}, distribution: ${distribution}, ${entries(keys).join(', ')} }`;
  });
}

/** Rates an hour and durations in seconds, with their units. */
function entries(keys: object): string[] {
  return Object.entries(keys as Record<string, number>).map(([key, value]) => {
    if (/rate/.test(key)) return `${key}: ${plain(value * 3600, 5)}/h`;
    return `${key}: ${plain(value, 5)}${/duration|decay|^mean_/.test(key) ? 's' : ''}`;
  });
}

function profileText({ hours, weekend_factor, first_day }: ProfileSpec): string {
  const day = first_day === undefined ? '' : `, first_day: ${first_day}`;
  return `{ hours: [${hours.map((factor) => plain(factor, 3)).join(', ')}], weekend_factor: ${plain(weekend_factor, 3)}${day} }`;
}
