import type { Notification, Notifier } from '../../ports/notifier.ts';

export class MemoryNotifier implements Notifier {
  readonly sent: Notification[] = [];

  async notify(notification: Notification): Promise<void> {
    this.sent.push({ ...notification });
  }
}
