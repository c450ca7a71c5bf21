import { expect, test } from 'vitest';
import { startJourney } from './harness/journey-start.ts';
import { newPerson } from './harness/journey.ts';

const { browser, product } = await startJourney('Reading aloud');
const PATH = '/thu-tuc-hanh-chinh/1.001193';

/** Stands for the voices of a device: says at once what it is given, and remembers it. */
const aVoice = `
  window.said = [];
  const voice = { lang: 'vi-VN', localService: true, name: 'test', default: true, voiceURI: 'test' };
  let waiting = [];
  class Utterance extends EventTarget { constructor(text) { super(); this.text = text; } }
  Object.defineProperty(window, 'SpeechSynthesisUtterance', { value: Utterance });
  Object.defineProperty(window, 'speechSynthesis', { value: {
    getVoices: () => [voice],
    addEventListener() {},
    speak(one) { window.said.push(one.text); waiting.push(one); },
    cancel() { waiting = []; },
  } });
  window.finishPiece = () => { const one = waiting.shift(); one?.dispatchEvent(new Event('end')); return Boolean(one); };
`;

test.skipIf(!browser)(
  'the page is read block by block, marked, with dates and money in words; pause and stop hold',
  async () => {
    const page = await newPerson(browser!, product);
    await page.addInitScript(aVoice);
    await page.goto(PATH);
    const play = page.getByRole('button', { name: 'Nghe đọc trang này' });
    await play.click();
    expect(await page.locator('.sen-reading').count()).toBe(1);
    const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said);
    const finish = () => page.evaluate(() => (window as unknown as { finishPiece(): boolean }).finishPiece());
    expect((await said())[0]).toContain('Đăng ký khai sinh');
    await finish();
    await page.getByRole('button', { name: 'Tạm dừng' }).click();
    const paused = (await said()).length;
    expect(await finish()).toBe(false);
    await play.click();
    for (let n = 0; n < 400 && (await finish()); n += 1);
    const all = (await said()).join(' | ');
    expect((await said()).length).toBeGreaterThan(paused + 5);
    expect(all).not.toMatch(/\d{1,2}\/\d{1,2}\/\d{4}/);
    expect(all).not.toMatch(/\d\s?đ( |\||$)/);
    expect(await page.locator('.sen-reading').count(), 'at the end nothing is marked').toBe(0);
    await play.click();
    await page.getByRole('button', { name: 'Dừng đọc' }).click();
    expect(await page.locator('.sen-reading').count()).toBe(0);
    await page.context().close();
  },
  60_000,
);

test.skipIf(!browser)(
  'a device without a voice says so; without a script there is nothing to press',
  async () => {
    const page = await newPerson(browser!, product);
    await page.addInitScript(
      `Object.defineProperty(window, 'speechSynthesis', { value: { getVoices: () => [], addEventListener() {}, cancel() {} } });`,
    );
    await page.goto(PATH);
    await page.getByText('Máy này chưa có giọng đọc tiếng Việt').waitFor();
    expect(await page.getByRole('button', { name: 'Nghe đọc trang này' }).isVisible()).toBe(false);
    await page.context().close();
    const plain = await newPerson(browser!, product, { javaScriptEnabled: false });
    await plain.goto(PATH);
    expect(await plain.locator('.sen-read').isVisible()).toBe(false);
    await plain.context().close();
  },
  60_000,
);
