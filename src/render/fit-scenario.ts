import { plain } from '../core/plain-number.ts';
import type { Candidate } from '../fit/rank.ts';
import type { ProcessSpec } from '../workload/processes/table.ts';
import type { ProfileSpec } from '../workload/profile.ts';
import { candidateName } from './fit-report.ts';
import { yamlText } from './yaml-text.ts';

/** What a scenario is made of that sets a fitted process beside the replay of its log. */
export interface FitScenario {
  readonly name: string;
  /** The log, as the scenario should name it. */
  readonly log: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly best: Candidate;
  /** Whole hours. */
  readonly hours: number;
  readonly hasSize: boolean;
  /** Seconds that the unit of the work column lasts, as 0.001. */
  readonly unit_s: number;
  readonly hasDropped: boolean;
}

/** The text of a scenario that runs. */
export function fitScenario(scenario: FitScenario): string {
  const { name, log, columns, best, hours, hasSize, unit_s, hasDropped } = scenario;
  const { work_column, images_column } = columns;
  const drop = hasDropped ? ['bad_rows: drop'] : [];
  const rows = [
    `file: ${yamlText(log)}`,
    ...(work_column ? [`work_column: ${yamlText(work_column)}`] : []),
    ...(images_column ? [`images_column: ${yamlText(images_column)}`] : []),
    ...drop,
  ];
  const attributes =
    work_column || images_column
      ? [`    attributes: { ${rows.join(', ')} }   # sizes and images together, as they are in the log`]
      : [];
  const replayed = Object.entries(columns).map(([key, value]) => `    ${key}: ${yamlText(value)}`);
  const speed = hasSize ? `seconds_per_image: ${plain(unit_s, 3)}, ` : '';
  const modal = (source: string) =>
    `{ kind: modal, gpu: H100, ${speed}keep_warm: 0, container_idle_timeout: 60s, sources: [${source}] }`;
  return `# Traffic fitted to ${log} by warmpool fit: ${candidateName(best)}, beside the log itself, through one and the same pool.
# Where both cost and wait alike, the fitted source may stand for the log: scale it, stretch it, draw it anew.
name: ${name}
duration: ${hours}h
replications: 20
${hasSize ? '' : 'model: flux-dev              # speeds and prices of the book; a log without sizes does not say what it asks for\n'}traffic:
  - name: fitted
${processLines(best.process)
  .map((line) => `    ${line}\n`)
  .join(
    '',
  )}${best.profile ? `    profile: ${profileText(best.profile)}\n` : ''}${attributes.map((line) => `${line}\n`).join('')}  - name: replay
    process: trace
    file: ${yamlText(log)}
${[...replayed, ...drop.map((line) => `    ${line}`)].map((line) => `${line}\n`).join('')}platforms:
  modal-fitted: ${modal('fitted')}
  modal-replay: ${modal('replay')}
`;
}

function processLines(spec: ProcessSpec): string[] {
  const { process, ...keys } = spec;
  return [
    `process: ${process}`,
    ...Object.entries(keys).map(([key, value]) =>
      Array.isArray(value)
        ? `${key}: [${value.map((state) => `{ ${entries(state).join(', ')} }`).join(', ')}]`
        : entries({ [key]: value })[0]!,
    ),
  ];
}

/** Rates an hour and durations in seconds, with their units. */
function entries(keys: object): string[] {
  return Object.entries(keys as Record<string, number>).map(([key, value]) => {
    if (/rate/.test(key)) return `${key}: ${plain(value * 3600, 5)}/h`;
    return `${key}: ${plain(value, 5)}${/duration|decay/.test(key) ? 's' : ''}`;
  });
}

function profileText({ hours, weekend_factor }: ProfileSpec): string {
  return `{ hours: [${hours.map((factor) => plain(factor, 3)).join(', ')}], weekend_factor: ${plain(weekend_factor, 3)} }`;
}
