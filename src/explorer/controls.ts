import type { Scenario } from '../scenario/scenario.ts';
import { type ControlGroup, roundStops } from './control.ts';
import type { Change } from './link.ts';
import { platformControls } from './platform-controls.ts';
import { trafficControls } from './traffic-controls.ts';

type Keys = Readonly<Record<string, unknown>>;

/** Everything that can be moved, in the order of the page. @param written the scenario as plain values, with the changes */
export function controlGroups(scenario: Scenario, written: Keys, changes: readonly Change[]): ControlGroup[] {
  const variant = typeof written.variant === 'string' ? written.variant : 'bf16';
  const model = typeof written.model === 'string' ? written.model : undefined;
  return [
    ...trafficControls(scenario, written.traffic as Keys[], changes),
    ...platformControls(scenario, written.platforms as Record<string, Keys>, model, variant),
    goal(scenario),
  ];
}

/** What is asked for, and how surely it is to be known. */
function goal({ slo, replications, seed }: Scenario): ControlGroup {
  const isWhole = typeof seed === 'number';
  return {
    title: 'Goal and precision',
    controls: [
      {
        kind: 'range',
        id: 'slo.latency_p95',
        label: 'p95 at most',
        unit: 's',
        value: slo.latency_p95,
        stops: roundStops(0.5, 300),
        least: 0.001,
        most: 86_400,
        set: (value) => [{ path: ['slo', 'latency_p95'], value: `${value}s` }],
        // An slo without a bound is none.
        unset: [{ path: Object.keys(slo).length > 1 ? ['slo', 'latency_p95'] : ['slo'], value: null }],
      },
      {
        kind: 'range',
        id: 'replications',
        label: 'independent runs',
        unit: '',
        value: replications,
        stops: [1, 2, 5, 10, 20, 30, 50, 100],
        isWhole: true,
        least: 1,
        most: 1000,
        set: (value) => [{ path: ['replications'], value }],
      },
      ...(isWhole
        ? [
            {
              kind: 'range' as const,
              id: 'seed',
              label: 'seed',
              unit: '',
              value: seed,
              stops: [...Array(21).keys()],
              isWhole: true,
              least: 0,
              most: Number.MAX_SAFE_INTEGER,
              set: (value: number) => [{ path: ['seed'], value }],
            },
          ]
        : []),
    ],
  };
}
