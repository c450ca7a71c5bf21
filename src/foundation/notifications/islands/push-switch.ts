/** Offers the switch for browser notifications where the browser can show them, and fills the form that the server keeps. */
export default function pushSwitch(
  element: Element,
  props: { publicKey: string; worker: string; blocked: string; failed: string },
): void {
  const form = element.querySelector('form');
  const note = element.querySelector<HTMLElement>('[data-push-note]');
  const button = element.querySelector<HTMLElement>('[data-push-button]');
  if (!form || !note || !button || !('serviceWorker' in navigator) || !('PushManager' in window)) return;
  const say = (text: string): void => void (note.textContent = text);
  button.hidden = false;
  say(Notification.permission === 'denied' ? props.blocked : '');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    subscribe(props)
      .then((keys) => {
        for (const [name, value] of Object.entries(keys))
          form.querySelector<HTMLInputElement>(`[name=${name}]`)!.value = value;
        form.submit();
      })
      .catch(() => say(Notification.permission === 'denied' ? props.blocked : props.failed));
  });
}

async function subscribe(props: { publicKey: string; worker: string }): Promise<Record<string, string>> {
  if ((await Notification.requestPermission()) !== 'granted') throw new Error('not allowed');
  await navigator.serviceWorker.register(props.worker);
  const registration = await navigator.serviceWorker.ready;
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: props.publicKey,
  });
  const { endpoint, keys } = subscription.toJSON();
  return { endpoint: endpoint ?? '', p256dh: keys?.['p256dh'] ?? '', auth: keys?.['auth'] ?? '' };
}
