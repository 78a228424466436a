import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';

/** A colour of the style sheet as it is now. */
export function toneNow(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** A colour that lets others through. */
export function faint(color: string): string {
  return `${color}33`;
}

interface PlotProps {
  /** Made anew when the colours change. */
  readonly options: () => Omit<uPlot.Options, 'width' | 'height'>;
  readonly data: uPlot.AlignedData;
  readonly height: number;
  /** What it shows, for those who do not see it. */
  readonly label: string;
}

/** A drawing by uPlot, as wide as its place. */
export function Plot({ options, data, height, label }: PlotProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current!;
    let plot: uPlot | undefined;
    const draw = () => {
      plot?.destroy();
      plot = new uPlot({ ...options(), width: element.clientWidth, height }, data, element);
    };
    draw();
    const resized = new ResizeObserver(() => plot?.setSize({ width: element.clientWidth, height }));
    resized.observe(element);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', draw);
    return () => {
      resized.disconnect();
      dark.removeEventListener('change', draw);
      plot?.destroy();
    };
  }, [options, data, height]);
  return <div ref={place} class="plot" role="img" aria-label={label} />;
}

/** An axis in the page's colours. */
export function axisOf(label: string, values: (value: number) => string, size = 56): uPlot.Axis {
  return {
    label,
    labelSize: 22,
    size,
    font: '12px system-ui, sans-serif',
    labelFont: '12px system-ui, sans-serif',
    stroke: toneNow('quiet'),
    grid: { stroke: toneNow('line'), width: 1 },
    ticks: { stroke: toneNow('line'), width: 1 },
    values: (_, splits) => splits.map((value) => (value === null ? '' : values(value))),
  };
}
