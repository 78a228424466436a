import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  /** @param words what is done, beside the share */
  update(share: number, words?: string): void;
  stop(): void;
}

/** A bar on standard error, if that is a terminal. */
export function progressBar(name: string, isQuiet: boolean): Progress {
  if (isQuiet || !process.stderr.isTTY) return { update() {}, stop() {} };
  const bar = new SingleBar(
    {
      format: `${name} {bar} {percentage} % | {words}{eta_formatted} left`,
      barsize: 30,
      clearOnComplete: true,
      hideCursor: true,
      stream: process.stderr,
    },
    Presets.shades_classic,
  );
  bar.start(1000, 0, { words: '' });
  return {
    update: (share, words) => bar.update(Math.floor(1000 * share), { words: words ? `${words} | ` : '' }),
    stop: () => bar.stop(),
  };
}
