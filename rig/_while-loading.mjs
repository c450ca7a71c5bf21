import { registerHooks } from 'node:module';

/**
 * Replaces a line of one of the program's built files while Node loads it, so that a rig's control can break what the program itself has
 * no switch for. Ends the program when the line is not there: a control that breaks nothing would prove nothing.
 */
export function replaceWhileLoading({ file, line, instead }) {
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (!url.endsWith(file)) return loaded;
      const source = typeof loaded.source === 'string' ? loaded.source : Buffer.from(loaded.source ?? '').toString();
      if (!source.includes(line)) throw new Error(`${file} has no line “${line}” any more: correct the control`);
      return { ...loaded, source: source.replace(line, instead) };
    },
  });
}
