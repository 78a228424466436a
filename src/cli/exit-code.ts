/** Exit codes of the command. */
export const EXIT = {
  done: 0,
  wrongInput: 2,
  /** Done, but a platform is unstable, or a precision that was asked for was not reached. */
  doubtful: 3,
  /** A sweep in which some cells failed. */
  cellsFailed: 4,
  fileFailed: 5,
  bug: 70,
  interrupted: 130,
} as const;

/** The input is wrong in a way that is not the scenario's: options, names of files. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Reading or writing a file failed. */
export class FileError extends Error {
  override readonly name = 'FileError';
}

/** The user, or the system, asked to stop. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  /** @param message what becomes of the work so far */
  constructor(message = 'what was not finished is not written. To run it again:') {
    super(message);
  }
}
