// Plain failures: one sentence a person can act on, instead of a stack.

/**
 * An error whose message is meant for the person at the terminal. `endWith` prints it without a stack and exits 1.
 * @param {string} message one clear sentence
 * @param {{ code?: string, detail?: string }} [extra] code: a machine-readable kind; detail: raw output for the log
 */
export function fault(message, extra = {}) {
  return Object.assign(new Error(message), { name: 'Fault', ...extra });
}

/** True for errors made by `fault`. */
export function isFault(error) {
  return error instanceof Error && error.name === 'Fault';
}

/**
 * What the output of a failed step means, as one sentence, or undefined when it is none of the known causes.
 * @param {string} output what the program printed, or an error's message
 * @param {string} where the folder or thing it was about
 * @returns {{ code: string, message: string } | undefined}
 */
export function knownCause(output, where) {
  if (/ENOSPC|No space left on device|not enough space|disk quota exceeded|EDQUOT/i.test(output)) {
    return { code: 'disk-full', message: `The disk that holds ${where} is full: free some space and start again.` };
  }
  if (/EROFS|Read-only file system/i.test(output)) {
    return {
      code: 'read-only',
      message: `${where} is on a read-only file system: move the checkout to one that can be written.`,
    };
  }
  if (/EACCES|EPERM|Permission denied|Operation not permitted/i.test(output)) {
    return {
      code: 'unwritable',
      message: `${where} cannot be written by this user: give it the rights, or start as the folder's owner.`,
    };
  }
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|network timeout|network request/i.test(
      output,
    )
  ) {
    return {
      code: 'no-network',
      message:
        'The npm registry cannot be reached: check the network (and the proxy, if there is one) and start again.',
    };
  }
  return undefined;
}

/** Prints an error (a `fault` as its one sentence, anything else with its stack) and ends the program with exit code 1. */
export function endWith(error) {
  if (isFault(error)) {
    process.stderr.write(`\n✗ ${error.message}\n`);
  } else {
    const cause = knownCause(String(error?.code ?? '') + String(error?.message ?? ''), error?.path ?? process.cwd());
    process.stderr.write(cause === undefined ? `\n✗ ${error?.stack ?? error}\n` : `\n✗ ${cause.message}\n`);
  }
  process.exit(1);
}
