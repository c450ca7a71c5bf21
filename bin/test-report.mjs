// Reads vitest's JSON report and says the closing line.

/**
 * Counts of a report, with the names of what was skipped or failed. A file that broke before its tests ran is one failure.
 * @param {any} report vitest's JSON, or undefined when there is none
 * @param {number} code vitest's exit code
 */
export function countReport(report, code) {
  /** @type {{ passed: number, failed: number, skipped: string[], failures: string[] }} */
  const counts = { passed: 0, failed: 0, skipped: [], failures: [] };
  for (const file of report?.testResults ?? []) {
    const at = file.name ?? '';
    for (const test of file.assertionResults) {
      const name = `${at} > ${test.fullName}`;
      if (test.status === 'passed') counts.passed += 1;
      else if (test.status === 'failed') counts.failures.push(name);
      else counts.skipped.push(name);
    }
    if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'))
      counts.failures.push(`${at} (${firstLine(file.message)})`);
  }
  counts.failed = counts.failures.length;
  if (code !== 0 && counts.failed === 0) {
    counts.failures.push(
      report === undefined
        ? 'vitest ended before it wrote its report'
        : 'vitest reported an error outside of the tests (see above)',
    );
    counts.failed = 1;
  }
  return counts;
}

const firstLine = (text) => (text ?? '').trim().split('\n')[0] || 'did not run';

/** The last line of `npm test`. */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
