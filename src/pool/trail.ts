/** Follows the fate of every reported request. Starts and aborts come in order of arrival; rejections at arrival. */
export interface Trail {
  arrived(): void;
  started(start_us: number, service_us: number, cold: boolean): void;
  aborted(): void;
  rejected(): void;
}
