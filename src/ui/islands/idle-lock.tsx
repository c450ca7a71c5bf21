import { useEffect, useRef, useState } from 'preact/hooks';
import { localWords } from '../local-words.ts';

const words = localWords({
  vi: {
    warnTitle: 'Màn hình sắp khóa',
    warn: 'Đã lâu không có thao tác. Màn hình sẽ khóa trong ít phút nữa; nội dung đang soạn vẫn được giữ.',
    stay: 'Tiếp tục làm việc',
    lockTitle: 'Màn hình đang khóa',
    lock: 'Nhập mật khẩu để làm tiếp. Nội dung đang soạn vẫn còn nguyên.',
    password: 'Mật khẩu',
    open: 'Mở khóa',
    wrong: 'Mật khẩu chưa đúng, hoặc tài khoản đang tạm khóa.',
  },
  en: {
    warnTitle: 'The screen is about to lock',
    warn: 'Nothing was done for a while. The screen locks in a few minutes; what you are writing is kept.',
    stay: 'Keep working',
    lockTitle: 'The screen is locked',
    lock: 'Enter your password to go on. What you were writing is still there.',
    password: 'Password',
    open: 'Unlock',
    wrong: 'The password is not right, or the account is locked for a while.',
  },
});

const KEY = 'sen-active';
const WARN_MS = 120_000;
const PING_MS = 30_000; // with the platform noting a session once a minute, the server never locks before the warning

export interface IdleLockProps {
  lockMinutes: number;
  pingPath: string;
  unlockPath: string;
}

/**
 * Warns two minutes before an official's screen locks, and unlocks it in place, so that a half-written form survives. While
 * somebody types, the session is kept alive; all tabs share one clock. Without a script the next request leads to the unlock page.
 */
export default function IdleLock({ lockMinutes, pingPath, unlockPath }: IdleLockProps) {
  const w = words.use();
  const [state, setState] = useState<'quiet' | 'warn' | 'locked'>('quiet');
  const [isWrong, setWrong] = useState(false);
  const box = useRef<HTMLDialogElement>(null);
  const now = useRef(state);
  now.current = state;
  const show = (next: typeof state) => {
    setState(next);
    if (next === 'quiet') box.current?.close();
    else if (!box.current?.open) box.current?.showModal();
  };
  const ping = async () => {
    localStorage.setItem(KEY, String(Date.now()));
    const answer = await fetch(pingPath, { headers: { accept: 'application/json' } }).catch(() => null);
    if (answer?.status === 401) show('locked');
    else if (answer?.ok) show('quiet');
  };
  useEffect(() => {
    let pinged = Date.now();
    localStorage.setItem(KEY, String(pinged));
    const active = () => {
      if (now.current !== 'quiet') return;
      localStorage.setItem(KEY, String(Date.now()));
      if (Date.now() - pinged < PING_MS) return;
      pinged = Date.now();
      void ping();
    };
    const events = ['keydown', 'pointerdown', 'input'];
    for (const name of events) document.addEventListener(name, active, { passive: true });
    const stop = () => {
      clearInterval(timer);
      for (const name of events) document.removeEventListener(name, active);
    };
    const timer = setInterval(() => {
      if (!box.current?.isConnected) return stop();
      const idle = Date.now() - Number(localStorage.getItem(KEY));
      const limit = lockMinutes * 60_000;
      if (now.current === 'locked') return;
      const next = idle >= limit ? 'locked' : idle >= limit - WARN_MS ? 'warn' : 'quiet';
      if (next !== now.current) show(next);
    }, 5_000);
    return stop;
  }, []);
  const unlock = async (event: SubmitEvent) => {
    event.preventDefault();
    const body = new URLSearchParams(new FormData(event.target as HTMLFormElement) as never);
    body.set('_csrf', document.querySelector<HTMLInputElement>('input[name=_csrf]')?.value ?? '');
    const answer = await fetch(unlockPath, { method: 'POST', body, headers: { accept: 'application/json' } }).catch(
      () => null,
    );
    if (answer?.status === 401) return location.reload();
    setWrong(!answer?.ok);
    if (answer?.ok) await ping();
  };
  const isLocked = state === 'locked';
  return (
    <dialog ref={box} class="sen-lock" aria-labelledby="sen-lock-title" onCancel={(event) => event.preventDefault()}>
      <h2 class="govuk-heading-m" id="sen-lock-title">
        {isLocked ? w.lockTitle : w.warnTitle}
      </h2>
      <p class="govuk-body">{isLocked ? w.lock : w.warn}</p>
      {isLocked ? (
        <form onSubmit={(event) => void unlock(event)}>
          {isWrong && (
            <p class="govuk-error-message" role="alert">
              {w.wrong}
            </p>
          )}
          <label class="govuk-label" for="sen-lock-password">
            {w.password}
          </label>
          <input
            class="govuk-input"
            id="sen-lock-password"
            name="password"
            type="password"
            autocomplete="current-password"
          />
          <p>
            <button class="govuk-button">{w.open}</button>
          </p>
        </form>
      ) : (
        <button type="button" class="govuk-button" onClick={() => void ping()}>
          {w.stay}
        </button>
      )}
    </dialog>
  );
}
