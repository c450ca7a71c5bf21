import { piecesToSay, speakable } from '../speakable.ts';

interface Words {
  locale: 'vi' | 'en';
  noVoice: string;
  reading: string;
  paused: string;
  stopped: string;
}

/** What is read: the blocks of text of the page, not controls, menus or what a person typed. */
const BLOCKS = 'h1,h2,h3,h4,p,li,dt,dd,th,td,legend,label,summary,.govuk-hint,.govuk-error-message';
const LEFT_OUT =
  'nav,button,select,textarea,form .govuk-file-upload,[aria-hidden=true],[data-read-not],.sen-read,.govuk-visually-hidden';

function blocksOf(main: Element): HTMLElement[] {
  return [...main.querySelectorAll<HTMLElement>(BLOCKS)].filter((block) => {
    if (block.closest(LEFT_OUT) || !(block.textContent ?? '').trim()) return false;
    // The innermost block is read; one that holds others would be read twice.
    if (block.querySelector(BLOCKS)) return false;
    return block.getClientRects().length > 0;
  });
}

/** The text of a block as the eye sees it: hidden words and controls left out. */
function textOf(block: HTMLElement): string {
  const copy = block.cloneNode(true) as HTMLElement;
  for (const out of copy.querySelectorAll(LEFT_OUT)) out.remove();
  return copy.textContent ?? '';
}

/** A voice of the language, one of the device itself first; waits a moment, as browsers load their voices late. */
function findVoice(locale: string): Promise<SpeechSynthesisVoice | null> {
  const pick = () => {
    const fitting = speechSynthesis
      .getVoices()
      .filter((voice) => voice.lang.toLowerCase().replace('_', '-').startsWith(locale));
    return fitting.find((voice) => voice.localService) ?? fitting[0] ?? null;
  };
  return new Promise((resolve) => {
    const now = pick();
    if (now) return resolve(now);
    const give = () => {
      const voice = pick();
      if (voice) resolve(voice);
    };
    speechSynthesis.addEventListener?.('voiceschanged', give);
    setTimeout(() => resolve(pick()), 2_500);
  });
}

/** Reads the page aloud with the browser's own voice: play, pause, stop; the block that is read is marked. */
export default function readAloud(element: Element, words: Words): void {
  const box = element.querySelector<HTMLElement>('.sen-read');
  const main = document.querySelector('#main-content') ?? document.querySelector('main');
  if (!box || !main) return;
  const part = (name: string) => box.querySelector<HTMLElement>(`[data-read-${name}]`)!;
  const [play, pause, stop, note] = [part('play'), part('pause'), part('stop'), part('note')];
  const say = (text: string): void => void (note.textContent = text);
  if (!('speechSynthesis' in window)) {
    box.hidden = false;
    return say(words.noVoice);
  }
  let blocks: HTMLElement[] = [];
  let at = 0;
  let round = 0;
  let marked: HTMLElement | null = null;
  const mark = (block: HTMLElement | null): void => {
    marked?.classList.remove('sen-reading');
    marked = block;
    block?.classList.add('sen-reading');
    block?.scrollIntoView({ block: 'nearest' });
  };
  const show = (state: 'idle' | 'reading' | 'paused'): void => {
    play.hidden = state === 'reading';
    pause.hidden = state !== 'reading';
    stop.hidden = state === 'idle';
    say(state === 'idle' ? '' : state === 'reading' ? words.reading : words.paused);
  };
  const end = (): void => {
    round += 1;
    speechSynthesis.cancel();
    at = 0;
    mark(null);
    show('idle');
  };
  const readOn = (voice: SpeechSynthesisVoice): void => {
    const mine = (round += 1);
    const block = blocks[at];
    if (!block) return end();
    mark(block);
    const pieces = piecesToSay(speakable(textOf(block), words.locale));
    const next = (index: number): void => {
      if (mine !== round) return;
      const piece = pieces[index];
      if (piece === undefined) {
        at += 1;
        return readOn(voice);
      }
      const utterance = new SpeechSynthesisUtterance(piece);
      utterance.voice = voice;
      utterance.lang = voice.lang;
      utterance.addEventListener('end', () => next(index + 1));
      utterance.addEventListener('error', () => {
        if (mine === round) end();
      });
      speechSynthesis.speak(utterance);
    };
    next(0);
  };
  void findVoice(words.locale).then((voice) => {
    box.hidden = false;
    if (!voice) return say(words.noVoice);
    show('idle');
    play.addEventListener('click', () => {
      if (at === 0) blocks = blocksOf(main);
      speechSynthesis.cancel();
      show('reading');
      readOn(voice);
    });
    pause.addEventListener('click', () => {
      // The block is read again from its beginning: not every browser can go on in the middle.
      round += 1;
      speechSynthesis.cancel();
      show('paused');
      play.focus();
    });
    stop.addEventListener('click', () => {
      end();
      play.focus();
    });
    addEventListener('pagehide', end);
  });
}
