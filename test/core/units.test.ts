import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_S, microseconds, seconds } from '../../src/core/time.ts';
import {
  DURATION_PATTERN,
  parseDuration,
  parseRate,
  parseTimeOfDay,
  RATE_PATTERN,
  UnitError,
} from '../../src/core/units.ts';

/** Microseconds in each unit of time. */
const UNITS = {
  us: 1n,
  ms: 1000n,
  s: 10n ** 6n,
  m: 60n * 10n ** 6n,
  min: 60n * 10n ** 6n,
  h: 3600n * 10n ** 6n,
  d: 86_400n * 10n ** 6n,
};
const LONGEST_US = BigInt(LONGEST_S) * 10n ** 6n;
const unit = fc.constantFrom(...(Object.keys(UNITS) as (keyof typeof UNITS)[]));

/** The message of a refusal. */
function refusal(parse: () => unknown): string {
  try {
    parse();
  } catch (error) {
    expect(error).toBeInstanceOf(UnitError);
    return (error as UnitError).message;
  }
  throw new Error('it was not refused');
}

describe('microseconds', () => {
  it('round half up and come back from seconds', () => {
    expect([0.4999e-6, 0.5e-6, 1.5e-6, 2.4e-6].map(microseconds)).toEqual([0, 1, 2, 2]);
    const law = fc.property(fc.maxSafeInteger(), (n) => {
      const us = Math.abs(n) % (LONGEST_S * 100_000);
      expect(microseconds(seconds(us))).toBe(us);
    });
    fc.assert(law, { seed: 15, numRuns: 1000 });
  });
});

describe('a duration', () => {
  it.each([
    ['500ms', 0.5],
    ['8s', 8],
    ['1.5m', 90],
    ['1.5min', 90],
    ['24h', 86_400],
    ['30d', 2_592_000],
    ['.5s', 0.5],
    ['250us', 0.00025],
    [' 8 s ', 8],
    ['0.0000005s', 0.000001],
  ])('of %j is %d s', (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });

  it('of a whole number of any unit is that many of its microseconds, up to the longest one', () => {
    const law = fc.property(unit, fc.bigInt({ min: 1n, max: LONGEST_US }), (name, n) => {
      const many = n / UNITS[name] + 1n;
      fc.pre(many * UNITS[name] <= LONGEST_US);
      expect(BigInt(microseconds(parseDuration(`${many}${name}`)))).toBe(many * UNITS[name]);
    });
    fc.assert(law, { seed: 16, numRuns: 2000 });
  });

  it('with decimals is what is written, rounded to a microsecond', () => {
    const law = fc.property(unit, fc.nat(5000), fc.nat(999), (name, n, thousandths) => {
      const thousand_us = BigInt(1000 * n + thousandths) * UNITS[name];
      // Just half a microsecond is not a double in seconds: it may go either way.
      fc.pre(thousand_us % 1000n !== 500n);
      const exact_us = (thousand_us + 500n) / 1000n;
      const text = `${n}.${String(thousandths).padStart(3, '0')}${name}`;
      expect(BigInt(microseconds(parseDuration(text, true)))).toBe(exact_us);
    });
    fc.assert(law, { seed: 17, numRuns: 2000 });
  });

  it('is 0 only where 0 is allowed', () => {
    expect(parseDuration('0s', true)).toBe(0);
    expect(refusal(() => parseDuration('0s'))).toBe('a duration must be longer than 0, here 0s');
    expect(refusal(() => parseDuration('0.4us'))).toBe('a duration must be longer than 0, here 0.4us');
  });

  it('is at most 900,000,000 s', () => {
    expect(parseDuration('900000000s')).toBe(LONGEST_S);
    expect(refusal(() => parseDuration('900000000.000001s'))).toContain('at most 10416 days');
    expect(refusal(() => parseDuration('10417d'))).toBe('a duration can be at most 10416 days, here 10417d');
    expect(refusal(() => parseDuration(`${'9'.repeat(400)}s`))).toContain('at most 10416 days');
    expect(parseDuration('10416d')).toBe(10_416 * 86_400);
  });

  it.each([8, '8', 1.5, '1.5'])('without a unit is refused with the unit to try: %j', (text) => {
    expect(refusal(() => parseDuration(text))).toBe(
      `expected a duration with its unit, as 500ms, 8s, 1.5m, 24h or 30d, here ${text} without one: did you mean ${text}s?`,
    );
  });

  it.each([-8, '-8', Number.POSITIVE_INFINITY])(
    'that is negative or infinite is refused as such: %j',
    (text) => {
      expect(refusal(() => parseDuration(text))).toContain(`not negative and finite, here ${text}`);
    },
  );

  it.each(['', ' ', 'soon', '8 sec', '8S', '8s 5ms', '1e3s', '1,5s', '-8s', '5.s', 's', 'NaN', '8/s'])(
    '%j is refused with what was expected and what was there',
    (text) => {
      const message = refusal(() => parseDuration(text));
      expect(message).toContain('expected a duration with its unit, as 500ms');
      expect(message).toContain(`here ${JSON.stringify(text)}`);
    },
  );
});

describe('a rate', () => {
  it.each([
    ['0.5/s', 0.5],
    ['10/min', 1 / 6],
    ['10/m', 1 / 6],
    ['83/h', 83 / 3600],
    ['2000/d', 2000 / 86_400],
    ['0/s', 0],
    [' 6 / min ', 0.1],
  ])('of %j is %d a second', (text, expected) => {
    expect(parseRate(text)).toBeCloseTo(expected, 15);
  });

  it('comes back when it is multiplied by its unit', () => {
    const law = fc.property(fc.constantFrom('s', 'min', 'm', 'h', 'd'), fc.nat(100_000), (name, n) => {
      const back = parseRate(`${n}/${name}`) * Number(UNITS[name as keyof typeof UNITS] / 10n ** 6n);
      expect(Math.abs(back - n)).toBeLessThanOrEqual(n * 2 ** -52);
    });
    fc.assert(law, { seed: 18, numRuns: 500 });
  });

  it('is at most 100,000 a second', () => {
    expect(parseRate('100000/s')).toBe(1e5);
    expect(parseRate('360000000/h')).toBe(1e5);
    expect(refusal(() => parseRate('100001/s'))).toBe('a rate can be at most 100000/s, here 100001/s');
  });

  it.each([83, '83'])('without a unit is refused with the unit to try: %j', (text) => {
    expect(refusal(() => parseRate(text))).toBe(
      `expected a rate with its unit, as 0.5/s, 10/min, 83/h or 2000/d, here ${text} without one: did you mean ${text}/h?`,
    );
  });

  it.each([-1, '-1', Number.POSITIVE_INFINITY])(
    'that is negative or infinite is refused as such: %j',
    (text) => {
      expect(refusal(() => parseRate(text))).toContain(`not negative and finite, here ${text}`);
    },
  );

  it.each(['', 'often', '5/ms', '5 per h', '5/', '/h', '5/hour', '-5/h', '83h', '1e3/h'])(
    '%j is refused with what was expected and what was there',
    (text) => {
      const message = refusal(() => parseRate(text));
      expect(message).toContain('expected a rate with its unit, as 0.5/s');
      expect(message).toContain(`here ${JSON.stringify(text)}`);
    },
  );
});

describe('the patterns for editors', () => {
  const number = fc.oneof(
    fc.nat().map(String),
    fc.float({ min: 0, max: 1000, noNaN: true }).map((x) => x.toFixed(3)),
  );
  it('allow exactly what is read, but for spaces around it', () => {
    const text = fc.oneof(
      fc
        .tuple(
          number,
          fc.constantFrom('', ' ', '/', ' / '),
          fc.constantFrom('us', 'ms', 's', 'm', 'min', 'h', 'd', 'x', ''),
        )
        .map((p) => p.join('')),
      fc.string({ maxLength: 6 }).map((x) => x.trim()),
    );
    const isRead = (parse: () => unknown) => {
      try {
        parse();
        return true;
      } catch (error) {
        return !(error as Error).message.startsWith('expected');
      }
    };
    const law = fc.property(text, (x) => {
      expect(new RegExp(DURATION_PATTERN).test(x)).toBe(isRead(() => parseDuration(x)));
      expect(new RegExp(RATE_PATTERN).test(x)).toBe(isRead(() => parseRate(x)));
    });
    fc.assert(law, { seed: 19, numRuns: 1000 });
  });
});

describe('a time of day', () => {
  it('of every minute of the day comes back from its text', () => {
    for (let minute = 0; minute < 1440; minute++) {
      const text = [Math.floor(minute / 60), minute % 60]
        .map((part) => String(part).padStart(2, '0'))
        .join(':');
      expect(parseTimeOfDay(text)).toBe(60 * minute);
    }
  });

  it.each(['24:00', '23:60', '8:00', '08:0', '08:00:00', '0800', '', '-1:00', '08.00', 'noon'])(
    '%j is refused with what was expected and what was there',
    (text) => {
      expect(refusal(() => parseTimeOfDay(text))).toBe(
        `expected a time of day from "00:00" to "23:59", here ${JSON.stringify(text)}`,
      );
    },
  );
});
