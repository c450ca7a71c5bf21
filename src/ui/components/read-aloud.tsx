import { Enhanced } from '../island.tsx';
import { localWords } from '../local-words.ts';
import { useLocale } from '../../platform/http/page-context.ts';

const words = localWords({
  vi: {
    group: 'Nghe đọc trang này',
    play: 'Nghe đọc trang này',
    pause: 'Tạm dừng',
    stop: 'Dừng đọc',
    noVoice: 'Máy này chưa có giọng đọc tiếng Việt nên không nghe đọc trang được.',
    reading: 'Đang đọc',
    paused: 'Đã tạm dừng',
  },
  en: {
    group: 'Listen to this page',
    play: 'Listen to this page',
    pause: 'Pause',
    stop: 'Stop',
    noVoice: 'This device has no English voice, so the page cannot be read aloud.',
    reading: 'Reading',
    paused: 'Paused',
  },
});

/** Buttons with which the browser reads the page aloud. Without a script nothing is shown; without a voice one plain line says so. */
export function ReadAloud() {
  const own = words.use();
  const locale = useLocale();
  const { noVoice, reading, paused } = own;
  return (
    <Enhanced name="ui/read-aloud" on="load" props={{ locale, noVoice, reading, paused }}>
      <div class="sen-read" role="group" aria-label={own.group} hidden>
        <button type="button" class="sen-read__button" data-read-play hidden>
          {own.play}
        </button>
        <button type="button" class="sen-read__button" data-read-pause hidden>
          {own.pause}
        </button>
        <button type="button" class="sen-read__button" data-read-stop hidden>
          {own.stop}
        </button>
        <span class="sen-read__note" role="status" data-read-note />
      </div>
    </Enhanced>
  );
}
