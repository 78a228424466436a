import { describe, expect, it } from 'vitest';
import {
  axesOf,
  cellCount,
  edgesOf,
  gridColumns,
  gridRow,
  overridesOf,
  placeOf,
  settingsOf,
} from '../../src/experiment/grid.ts';
import { grid } from '../../src/scenario/axis.ts';

const valuesOf = (written: unknown, name = 'price') => grid.parse({ [name]: written })[name]!;

describe('an axis', () => {
  it.each([
    [{ from: 0, to: 4, steps: 5 }, [0, 1, 2, 3, 4]],
    [{ from: '2s', to: '200s', steps: 3, scale: 'log' }, ['2s', '20s', '200s']],
    [{ from: '1m', to: '2m', steps: 3 }, ['1m', '90s', '2m']],
    [{ from: '10/h', to: '1000/h', steps: 3, scale: 'log' }, ['10/h', '100/h', '1000/h']],
    [{ from: '1/min', to: '2/min', steps: 3 }, ['1/min', '90/h', '2/min']],
    [{ from: 1, to: 2, steps: 4 }, [1, 1.33, 1.67, 2]],
    [
      [0, '08:00', { '00:00': 1 }],
      [0, '08:00', { '00:00': 1 }],
    ],
  ])('%j runs through %j', (written, values) => expect(valuesOf(written)).toEqual(values));

  it('has as many digits as keep its values apart', () => {
    const values = valuesOf({ from: 1, to: 1.01, steps: 101 }) as number[];
    expect(new Set(values).size).toBe(101);
    expect(values[50]).toBeCloseTo(1.005, 6);
  });

  it.each([
    { from: 1, to: '2s', steps: 3 },
    { from: 'soon', to: '2s', steps: 3 },
    { from: 0, to: 10, steps: 3, scale: 'log' },
    { from: 0, to: 10, steps: 1 },
    { from: 1, to: 1, steps: 3 },
    [60, '60s'],
    [],
    7,
  ])('%j is none', (written) => expect(grid.safeParse({ price: written }).success).toBe(false));

  it('of a key that takes whole numbers has whole values, each once', () => {
    expect(valuesOf({ from: 1, to: 64, steps: 5, scale: 'log' }, 'max_containers')).toEqual([
      1, 3, 8, 23, 64,
    ]);
    expect(valuesOf({ from: 0, to: 2, steps: 5 }, 'keep_warm')).toEqual([0, 1, 2]);
    expect(valuesOf({ from: 0, to: 2, steps: 5 }, 'seconds_per_image')).toEqual([0, 0.5, 1, 1.5, 2]);
  });
});

describe('a grid', () => {
  const axes = axesOf({
    platform: 'modal',
    grid: {
      keep_warm: [0, { '08:00': 2 }],
      container_idle_timeout: ['2s', 60],
      'traffic.images.rate': ['5/h'],
    },
  });

  it('has a cell for every combination, the last axis running fastest', () => {
    expect(cellCount(axes)).toBe(4);
    const settings = settingsOf(axes);
    expect(settings.map(([warm, window]) => [warm, window])).toEqual([
      [0, '2s'],
      [0, 60],
      [{ '08:00': 2 }, '2s'],
      [{ '08:00': 2 }, 60],
    ]);
    expect(overridesOf(axes, settings[0]!).map(({ path }) => path.join('.'))).toEqual([
      'platforms.modal.keep_warm',
      'platforms.modal.container_idle_timeout',
      'traffic.images.rate',
      'sweep',
    ]);
    for (const [k, setting] of settings.entries()) {
      const places = axes.map(({ values }, i) => values.indexOf(setting[i]));
      expect(placeOf(axes, places)).toBe(k);
    }
  });

  it('shows every value once at its edges', () => {
    expect(edgesOf(axes)).toEqual([
      [0, '2s', '5/h'],
      [{ '08:00': 2 }, '2s', '5/h'],
      [0, 60, '5/h'],
    ]);
  });

  it('shows durations as seconds and tables as JSON', () => {
    expect(gridRow(axes, settingsOf(axes)[2]!)).toEqual({
      keep_warm: '{"08:00":2}',
      container_idle_timeout: 2,
      'traffic.images.rate': '5/h',
    });
    expect(Object.values(gridColumns(axes))).toEqual(['text', 'number', 'text']);
  });
});
