// Progress in plain words: numbered steps with the time they took. Where output must stay clean (`npx sen`), steps go to stderr
// and are told only when they take work.

/**
 * @param {number} total how many steps there will be
 * @param {{ quiet?: boolean }} [options] quiet: only lines about work being done, on stderr
 */
export function progress(total, options = {}) {
  const out = options.quiet === true ? process.stderr : process.stdout;
  let at = 0;
  const line = (text) => out.write(`${text}\n`);
  return {
    /** One step that needs no work. */
    done(text) {
      at += 1;
      if (options.quiet !== true) line(`${at}/${total} ${text}`);
    },
    /** A note inside a step. */
    note: (text) => line(`    ${text}`),
    /**
     * Runs a step; says that it goes on every 15 seconds, and how long it took when that was more than a second.
     * @template T
     * @param {string} text @param {() => Promise<T>} work @returns {Promise<T>}
     */
    async step(text, work) {
      at += 1;
      const since = Date.now();
      line(options.quiet === true ? `${text} …` : `${at}/${total} ${text} …`);
      const seconds = () => Math.round((Date.now() - since) / 1000);
      const pulse = setInterval(() => line(`    … still at it (${seconds()} s)`), 15_000);
      try {
        const result = await work();
        if (seconds() >= 1) line(`    done in ${seconds()} s`);
        return result;
      } finally {
        clearInterval(pulse);
      }
    },
  };
}
