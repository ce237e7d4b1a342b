export interface Notification {
  readonly severity: 'info' | 'warning' | 'failure';
  readonly title: string;
  readonly body: string;
  /** Who should hear of it: the owner of a dataset, or undefined for the platform team. */
  readonly recipient?: string | undefined;
  readonly runId?: string | undefined;
}

export interface Notifier {
  notify(notification: Notification): Promise<void>;
}
