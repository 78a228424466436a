/** Puts what the commands of a document print below them: each block of text that follows a block with one command. */
import { spawnSync } from 'node:child_process';

const SHOWN = /```sh\nnpx warmpool ([^\n]+)\n```\n\n```text\n[\s\S]*?```/g;

/** @param program words that start the command line @param out folder for results, which is shown as `results` */
export function withOutput(text: string, program: readonly string[], out: string): string {
  return text.replace(SHOWN, (_, command: string) => {
    const isWritten = !command.startsWith('compare');
    const words = [...program, ...command.split(' '), ...(isWritten ? ['--out', out] : [])];
    const { stdout } = spawnSync(process.execPath, words, {
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    });
    const printed = stdout.trimEnd().replaceAll(out, 'results');
    return `\`\`\`sh\nnpx warmpool ${command}\n\`\`\`\n\n\`\`\`text\n${printed}\n\`\`\``;
  });
}
