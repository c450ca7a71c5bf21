import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareNames,
  deadlineWords,
  formatDate,
  formatDateTime,
  formatFileSize,
  formatMoney,
  formatNumber,
  formatPercent,
  formatPhone,
  formatTime,
  givenNameSortKey,
  isoDate,
  maskIdentityNumber,
} from './format.ts';

const now = new Date('2026-11-22T03:05:00Z'); // 10:05 in Viet Nam

describe('dates and times', () => {
  test('are those of Viet Nam, whatever the server thinks', () => {
    const lateEvening = new Date('2026-11-21T17:30:00Z');
    expect(formatDate(lateEvening)).toBe('22/11/2026');
    expect(formatTime(lateEvening)).toBe('00:30');
    expect(formatDateTime(new Date('2026-11-22T07:05:00Z'))).toBe('14:05 ngày 22/11/2026');
    expect(formatDateTime(new Date('2026-11-22T07:05:00Z'), 'en')).toBe('14:05 on 22/11/2026');
  });

  test('a calendar date stays itself, far in the past too', () => {
    expect(formatDate('1945-09-02')).toBe('02/09/1945');
    expect(isoDate('1945-09-02')).toBe('1945-09-02');
  });

  test('agree with the zone data of the runtime', () => {
    const oracle = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Asia/Ho_Chi_Minh',
      dateStyle: 'short',
      timeStyle: 'short',
    });
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1976-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        (date) => {
          expect(`${formatDate(date)}, ${formatTime(date)}`).toBe(oracle.format(date));
        },
      ),
    );
  });
});

describe('numbers', () => {
  test('group by dots in Vietnamese, by commas in English', () => {
    expect(formatNumber(1653)).toBe('1.653');
    expect(formatNumber(1653, 'en')).toBe('1,653');
    expect(formatNumber(-0.04, 'vi', 1)).toBe('0,0');
    expect(formatPercent(0.987)).toBe('98,7%');
    expect(formatMoney(1_250_000)).toBe('1.250.000\u00a0đ');
    expect(formatMoney(1_250_000n, 'en')).toBe('1,250,000\u00a0VND');
    expect(formatFileSize(20_000)).toBe('20\u00a0kB');
    expect(formatFileSize(999_900)).toBe('1,0\u00a0MB');
  });

  test('lose no digit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), (value) => {
        expect(BigInt(formatNumber(value).replaceAll('.', ''))).toBe(value);
      }),
    );
  });
});

describe('numbers of people', () => {
  test('telephone numbers are grouped, unknown ones left alone', () => {
    expect(formatPhone('0912345678')).toBe('0912 345 678');
    expect(formatPhone('+84912345678')).toBe('0912 345 678');
    expect(formatPhone('02383844522')).toBe('0238 384 4522');
    expect(formatPhone('1022')).toBe('1022');
  });

  test('an identity number shows six digits and the last two', () => {
    expect(maskIdentityNumber('040195000012')).toBe('040 195 ••• •12');
    expect(maskIdentityNumber('182000012')).toBe('182 ••• •12');
  });

  test('masking never shows the whole of a number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{3,20}$/), (digits) => {
        expect(maskIdentityNumber(digits)).toContain('•');
      }),
    );
  });
});

describe('deadlines', () => {
  test.each([
    ['2026-11-22T05:30:00Z', 'Còn 2 giờ', 'today'],
    ['2026-11-22T03:25:00Z', 'Còn 20 phút', 'today'],
    ['2026-11-24T09:30:00Z', 'Còn 2 ngày', 'soon'],
    ['2026-12-10T09:30:00Z', 'Còn 18 ngày', 'later'],
    ['2026-11-19T02:00:00Z', 'Quá hạn 3 ngày', 'overdue'],
    ['2026-11-22T03:04:30Z', 'Quá hạn 1 phút', 'overdue'],
    ['2026-11-22', 'Hôm nay', 'today'],
    ['2026-11-23', 'Ngày mai', 'soon'],
    ['2026-11-21', 'Quá hạn 1 ngày', 'overdue'],
  ])('%s reads “%s”', (due, text, state) => {
    expect(deadlineWords(due.length === 10 ? due : new Date(due), now)).toEqual({ text, state });
  });

  test('English counts one day and two days', () => {
    expect(deadlineWords('2026-11-21', now, 'en').text).toBe('1 day overdue');
    expect(deadlineWords(new Date('2026-11-24T09:30:00Z'), now, 'en').text).toBe('2 days left');
  });

  test('is overdue exactly when the moment has passed', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e10, max: 1e10 }), (distanceMs) => {
        const { state, text } = deadlineWords(new Date(now.getTime() + distanceMs), now);
        expect(state === 'overdue').toBe(distanceMs < 0);
        expect(text).not.toMatch(/ 0 /);
      }),
    );
  });
});

describe('names', () => {
  test('sort by given name, then by the rest', () => {
    const names = [
      'Trần Thị Hoa',
      'Nguyễn Văn Bình',
      'Lê Ánh',
      'Nguyễn Văn An',
      'Đặng Văn An',
      'Hồ Thị Đào',
      'Lê Dung',
    ];
    expect(names.sort(compareNames)).toEqual([
      'Đặng Văn An',
      'Nguyễn Văn An',
      'Lê Ánh',
      'Nguyễn Văn Bình',
      'Lê Dung',
      'Hồ Thị Đào',
      'Trần Thị Hoa',
    ]);
  });

  test('have a key for the database', () => {
    expect(givenNameSortKey('  Nguyễn  Văn An ')).toBe('An, Nguyễn Văn');
    expect(givenNameSortKey('An')).toBe('An');
  });
});
