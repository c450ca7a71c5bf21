/** Whether a period with its last day included holds on a day. */
export const isValidOn = (period: { validFrom: string; validTo: string | null }, date: string): boolean =>
  period.validFrom <= date && (period.validTo === null || period.validTo >= date);
