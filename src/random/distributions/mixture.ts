import type { Distribution } from './distribution.ts';

/** One of several laws, chosen by weight for each value. Weights are normalised. */
export function mixture(parts: readonly { weight: number; of: Distribution }[]): Distribution {
  const total = parts.reduce((sum, part) => sum + part.weight, 0);
  const upTo = parts.map((_, i) => parts.slice(0, i + 1).reduce((sum, part) => sum + part.weight, 0) / total);
  return {
    mean: parts.reduce((sum, part) => sum + (part.weight / total) * part.of.mean, 0),
    fill(stream, out, from, to) {
      for (let i = from; i < to; i++) {
        const u = stream.uniform();
        const found = upTo.findIndex((edge) => u < edge);
        parts[found < 0 ? parts.length - 1 : found]!.of.fill(stream, out, i, i + 1);
      }
    },
  };
}
