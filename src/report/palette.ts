/** A colour of the report: a value of the style sheet, which knows light and dark, and a stand-in for it in a chart. */
interface Tone {
  /** The name of the value in the style sheet. */
  readonly variable: string;
  /** What a chart is drawn with; no other colour is like it. */
  readonly standIn: string;
}

const VARIABLES = ['ink', 'quiet', 'line', 'paper', 's0', 's1', 's2', 's3', 's4', 's5', 's6', 's7'] as const;
type Variable = (typeof VARIABLES)[number];

/** The tones by their names: `s0` to `s7` tell things apart, the others are text, lines and ground. */
export const TONES = Object.fromEntries(
  VARIABLES.map((variable, k): [Variable, Tone] => [
    variable,
    { variable, standIn: `#0102${(0x10 + k).toString(16).padStart(2, '0')}` },
  ]),
) as Readonly<Record<Variable, Tone>>;

/** The stand-in of a tone. */
export function tone(variable: Variable): string {
  return TONES[variable].standIn;
}

/** The tone of the k-th of several things. */
export function toneOf(k: number): string {
  return tone(`s${k % 8}` as Variable);
}

/** A drawing whose stand-ins are values of the style sheet. */
export function themed(svg: string): string {
  return Object.values(TONES).reduce(
    (text, { variable, standIn }) => text.replaceAll(standIn, `var(--${variable})`),
    svg,
  );
}

/**
 * The values, for light and for dark ground. Those that tell things apart are Okabe and Ito's ("Color Universal Design",
 * 2008), which the colour-blind can tell apart too, made darker or lighter until they stand out from the ground by 3 to 1.
 */
export const LIGHT: Readonly<Record<Variable, string>> = {
  ink: '#1b1f24',
  quiet: '#57606a',
  line: '#d0d7de',
  paper: '#ffffff',
  s0: '#0072b2',
  s1: '#b85c00',
  s2: '#007f5f',
  s3: '#a03a7a',
  s4: '#6b4fbb',
  s5: '#8a6100',
  s6: '#b3261e',
  s7: '#4b5563',
};
export const DARK: Readonly<Record<Variable, string>> = {
  ink: '#e6edf3',
  quiet: '#9aa4af',
  line: '#363d46',
  paper: '#14181d',
  s0: '#56b4e9',
  s1: '#e69f00',
  s2: '#35c79b',
  s3: '#e08cc0',
  s4: '#b9a3f5',
  s5: '#d2b48c',
  s6: '#f2837b',
  s7: '#a8b3c0',
};

/** A scale from little to much, dark on light and light on dark alike (from sand to dark red; in grey it falls evenly). */
export const SCALE = ['#fde9c9', '#f7c98b', '#ee9f5c', '#d9703f', '#b0452f', '#7d2a2a'] as const;

/** Steps of the scale on which dark letters stand out. */
const LIGHT_STEPS = 4;

/** The colour of letters that stand out on a step of the scale. */
export function lettersOn(step: number): string {
  return step < LIGHT_STEPS ? '#1b1f24' : '#ffffff';
}

/** Values that differ by less than this ratio's logarithm do not take the whole scale. */
const NARROW = Math.log(1.5);

/** Steps of the scale over the logarithm of some values, from the least to the greatest; the first for all others. */
export function scaleOver(values: readonly number[]): (value: number) => number {
  const positive = values.filter((value) => value > 0).map(Math.log);
  const [least, most] = [Math.min(...positive), Math.max(...positive)];
  return (value) => {
    if (!(value > 0) || !(most > least)) return 0;
    const share = (Math.log(value) - least) / Math.max(most - least, NARROW);
    return Math.max(0, Math.min(SCALE.length - 1, Math.floor(share * SCALE.length)));
  };
}
