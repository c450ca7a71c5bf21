/*
 * The service worker of the portal. It shows messages that come by web push, and opens their page. It keeps nothing and answers no request; what an
 * installed app needs besides goes here.
 */
interface PushMessage {
  id?: string;
  title?: string;
  body?: string;
  link?: string | null;
  lang?: string;
}
interface WorkerScope {
  registration: ServiceWorkerRegistration;
  location: Location;
  clients: { openWindow(address: string): Promise<unknown> };
  addEventListener(type: 'push', listener: (event: WaitingEvent & { data: { json(): unknown } | null }) => void): void;
  addEventListener(
    type: 'notificationclick',
    listener: (event: WaitingEvent & { notification: Notification }) => void,
  ): void;
}
interface WaitingEvent {
  waitUntil(work: Promise<unknown>): void;
}
const scope = self as unknown as WorkerScope;

scope.addEventListener('push', (event) => {
  let message: PushMessage = {};
  try {
    message = (event.data?.json() ?? {}) as PushMessage;
  } catch {
    // a browser must show something for every push: the empty message below
  }
  event.waitUntil(
    scope.registration.showNotification(message.title ?? '', {
      body: message.body ?? '',
      tag: message.id ?? '',
      lang: message.lang ?? 'vi',
      data: message.link ?? '/tai-khoan/thong-bao',
    }),
  );
});

scope.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const address = new URL(String(event.notification.data), scope.location.origin);
  // Only pages of our own: a message names a path, never another site.
  event.waitUntil(scope.clients.openWindow(address.origin === scope.location.origin ? address.href : '/'));
});
