import { announce, ask, forget, sendPiece, type SenderOptions } from './tus-sender.ts';
import { openShelf, type ShelvedFile } from './upload-shelf.ts';

export interface ResumableUploadProps {
  endpoint: string;
  grant: string;
  place: string;
  words: Record<
    'sending' | 'paused' | 'waiting' | 'done' | 'failed' | 'pause' | 'resume' | 'cancel' | 'finishing' | 'list',
    string
  >;
}

type State = 'sending' | 'paused' | 'waiting' | 'done' | 'failed';
const LONGEST_WAIT_MS = 20_000;

/** Sends the files of every file control below `root` in pieces, as soon as they are chosen. */
export default function resumableUploads(root: Element, props: object): void {
  const { endpoint, grant, place, words } = props as ResumableUploadProps;
  const form = root.querySelector('form');
  if (!form || !('indexedDB' in window)) return;
  const options: SenderOptions = {
    endpoint,
    grant,
    token: () => form.querySelector<HTMLInputElement>('input[name=_csrf]')?.value ?? '',
  };
  const shelf = openShelf(options.token());
  const states = new Map<string, State>();
  const news = new EventTarget();
  const inputs = () => [...form.querySelectorAll<HTMLInputElement>('input[type=file]')];

  function listFor(input: HTMLInputElement): HTMLElement {
    const group = input.closest('.govuk-form-group') ?? input.parentElement!;
    const known = group.querySelector<HTMLElement>('.sen-uploads');
    if (known) return known;
    const list = document.createElement('ul');
    list.className = 'sen-uploads';
    list.setAttribute('aria-label', words.list);
    group.append(list);
    return list;
  }

  function start(input: HTMLInputElement, shelvedFile: ShelvedFile, isOld: boolean): void {
    const item = shelvedFile;
    const line = document.createElement('li');
    line.className = 'sen-upload';
    line.innerHTML =
      '<span class="sen-upload__name"></span><progress class="sen-upload__bar" max="100" value="0"></progress>' +
      '<span class="sen-upload__state" role="status"></span><button type="button" class="sen-link-button"></button>' +
      '<button type="button" class="sen-link-button"></button><input type="hidden" disabled>';
    const [name, bar, status, pause, cancel, hidden] = [...line.children] as unknown as [
      HTMLElement,
      HTMLProgressElement,
      HTMLElement,
      HTMLButtonElement,
      HTMLButtonElement,
      HTMLInputElement,
    ];
    name.textContent = item.name;
    bar.setAttribute('aria-label', item.name);
    cancel.textContent = words.cancel;
    cancel.setAttribute('aria-label', `${words.cancel}: ${item.name}`);
    hidden.name = `upload:${item.field}`;
    let abort = () => {};
    let wake = () => {};
    const fate = { isCancelled: false };
    const show = (state: State, text: string = words[state]) => {
      states.set(item.key, state);
      line.dataset['state'] = state;
      if (status.textContent !== text) status.textContent = text;
      pause.textContent = state === 'paused' ? words.resume : words.pause;
      pause.setAttribute('aria-label', `${pause.textContent}: ${item.name}`);
      pause.hidden = state === 'done' || state === 'failed';
      bar.hidden = state === 'failed';
      news.dispatchEvent(new Event('state'));
    };
    const progress = (bytes: number) => {
      bar.value = Math.round((bytes / item.file.size) * 100);
    };
    const done = () => {
      progress(item.file.size);
      hidden.value = item.url?.split('/').at(-1) ?? '';
      hidden.disabled = false;
      show('done');
    };
    pause.addEventListener('click', () => {
      item.isPaused = !item.isPaused;
      void shelf.shelve(item);
      if (item.isPaused) abort();
      else wake();
    });
    cancel.addEventListener('click', () => {
      fate.isCancelled = true;
      abort();
      wake();
      states.delete(item.key);
      line.remove();
      input.focus();
      void shelf.unshelve(item.key);
      if (item.url) void forget(options, item.url);
      news.dispatchEvent(new Event('state'));
    });
    const sleep = (ms: number): Promise<void> =>
      new Promise((go) => {
        const timer = setTimeout(go, ms);
        wake = () => {
          clearTimeout(timer);
          go();
        };
        if (ms > 0) addEventListener('online', () => wake(), { once: true });
      });

    /** From wherever it stands to its end; only a person or the server's refusal stops it. */
    async function run(): Promise<void> {
      let offset = isOld ? null : 0;
      let isBroken = false; // what is said stays until a try succeeds
      for (let wait = 1_000; !fate.isCancelled;) {
        if (item.isPaused) {
          show('paused');
          isBroken = false;
          await sleep(1e9);
          offset = null;
          continue;
        }
        if (!isBroken) show('sending');
        let outcome: Awaited<ReturnType<typeof ask>>;
        if (item.url === null) {
          const answer = await announce(options, item.name, item.file);
          if (typeof answer === 'string') {
            item.url = new URL(answer, location.href).pathname;
            await shelf.shelve(item);
            offset = 0;
            isBroken = false;
            continue;
          }
          outcome = answer;
        } else if (offset === null) outcome = await ask(options, item.url);
        else outcome = await sendPiece(options, item.url, item.file, offset, progress, (stop) => (abort = stop));
        if (outcome.kind === 'sent') {
          wait = 1_000;
          isBroken = false;
          offset = outcome.offset;
          progress(offset);
          if (outcome.isDone) return done();
        } else if (outcome.kind === 'refused') {
          await shelf.unshelve(item.key);
          return show('failed', outcome.text || words.failed);
        } else if (outcome.kind === 'gone') {
          // Finished and used long ago, or too old: an old one is not begun again unasked.
          if (isOld && offset === null) {
            await shelf.unshelve(item.key);
            states.delete(item.key);
            line.remove();
            return;
          }
          item.url = null;
        } else if (!item.isPaused && !fate.isCancelled) {
          show('waiting');
          isBroken = true;
          await sleep(wait);
          wait = Math.min(wait * 2, LONGEST_WAIT_MS);
          offset = null;
        } else offset = null;
      }
    }
    listFor(input).append(line);
    void run();
  }

  form.addEventListener('change', (event) => {
    const input = event.target as HTMLInputElement;
    if (input.type !== 'file' || !input.files || input.files.length === 0 || input.dataset['plain'] === '') return;
    for (const file of input.files) {
      const key = `${place}/${input.name}/${Date.now()}-${Math.random().toString(36).slice(2)}`;
      const item = { key, place, field: input.name, name: file.name, file, url: null, isPaused: false };
      if (!input.multiple)
        for (const button of listFor(input).querySelectorAll<HTMLButtonElement>('.sen-link-button:nth-of-type(2)'))
          button.click();
      void shelf.shelve(item);
      start(input, item, false);
    }
    input.value = '';
    // The kit's button goes back to "no file chosen": what was chosen stands in the list below.
    input.dispatchEvent(new Event('change'));
  });

  form.addEventListener('submit', (event) => {
    const busy = () =>
      [...states.values()].some((state) => state === 'sending' || state === 'waiting' || state === 'paused');
    const button = (event as SubmitEvent).submitter as HTMLButtonElement | null;
    if (!busy() || button?.value.startsWith('remove:')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.querySelector('.sen-uploads__wait')) return;
    const note = document.createElement('p');
    note.className = 'govuk-body sen-uploads__wait';
    note.setAttribute('role', 'status');
    note.textContent = words.finishing;
    (button?.parentElement ?? form).before(note);
    const go = () => {
      if (busy()) return;
      news.removeEventListener('state', go);
      note.remove();
      form.requestSubmit(button);
    };
    news.addEventListener('state', go);
  });

  void shelf.shelved(place).then((items) => {
    for (const item of items) {
      const input = inputs().find((each) => each.name === item.field);
      if (input) start(input, item, true);
      else void shelf.unshelve(item.key);
    }
  });
}
