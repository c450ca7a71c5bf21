/*
 * The service worker of the portal. It shows messages that come by web push and opens their page, keeps built files (`/assets/`, whose names change
 * with their content) and one page that says that there is no connection. It never keeps a page of anybody: every page comes from the server or,
 * without a connection, is the page that says so. A new build has another `VERSION`: the new worker takes over at once and forgets the old files,
 * so that nobody is left with an old one.
 */
interface PushMessage {
  id?: string;
  title?: string;
  body?: string;
  link?: string | null;
  lang?: string;
}
interface WaitingEvent {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEventLike extends WaitingEvent {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface WorkerScope {
  registration: ServiceWorkerRegistration;
  location: Location;
  clients: { openWindow(address: string): Promise<unknown>; claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: WaitingEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEventLike) => void): void;
  addEventListener(type: 'push', listener: (event: WaitingEvent & { data: { json(): unknown } | null }) => void): void;
  addEventListener(
    type: 'notificationclick',
    listener: (event: WaitingEvent & { notification: Notification }) => void,
  ): void;
}
const scope = self as unknown as WorkerScope;

/** Set by the server from the build it serves. */
const VERSION = '__SEN_BUILD__';
const SHELL = `sen-shell-${VERSION}`;
const FILES = `sen-files-${VERSION}`;
const OFFLINE = { vi: '/ngoai-tuyen', en: '/en/ngoai-tuyen' };
const MAX_FILES = 80;

/** The pages for no connection, and the files they need. Fetched without cookies, so that they are nobody's. */
async function keepShell(): Promise<void> {
  const shell = await caches.open(SHELL);
  for (const address of [OFFLINE.vi, OFFLINE.en]) {
    const answer = await fetch(address, { credentials: 'omit', cache: 'no-cache' });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    const html = await answer.clone().text();
    const files = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+\.(?:css|js|svg))"/g)].flatMap(
      ([, file]) => file ?? [],
    );
    for (const file of new Set(files)) if (!(await shell.match(file))) await shell.add(file);
    await shell.put(address, answer);
  }
}

scope.addEventListener('install', (event) => {
  event.waitUntil(keepShell().then(() => scope.skipWaiting()));
});

scope.addEventListener('activate', (event) => {
  const forgetOld = async (): Promise<void> => {
    for (const name of await caches.keys())
      if (name.startsWith('sen-') && name !== SHELL && name !== FILES) await caches.delete(name);
    await scope.clients.claim();
  };
  event.waitUntil(forgetOld());
});

/** A built file: what is kept, else from the server and kept from then on. */
async function builtFile(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && answer.type === 'basic') {
    const files = await caches.open(FILES);
    const known = await files.keys();
    if (known.length >= MAX_FILES && known[0]) await files.delete(known[0]);
    await files.put(request, answer.clone());
  }
  return answer;
}

async function pageOrOffline(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const isEnglish = /^\/en(\/|$)/.test(new URL(request.url).pathname);
    const kept = await caches.match(isEnglish ? OFFLINE.en : OFFLINE.vi);
    if (!kept) throw error;
    return kept;
  }
}

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== scope.location.origin) return;
  // Whoever signs out leaves nothing behind, not even which pages' files were loaded.
  if (request.method === 'POST' && pathname.endsWith('/dang-xuat')) event.waitUntil(caches.delete(FILES));
  if (request.method !== 'GET') return;
  if (pathname.startsWith('/assets/')) event.respondWith(builtFile(request));
  else if (request.mode === 'navigate') event.respondWith(pageOrOffline(request));
});

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
      icon: '/assets/app-192.png',
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
