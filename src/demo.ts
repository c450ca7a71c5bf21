import type { AppContext, Module } from './platform/module.ts';

/** Loads the demonstration province, step by step in order. Each step is idempotent, so a second start costs little. */
export async function loadDemo(context: AppContext, modules: readonly Module[]): Promise<void> {
  const steps = modules.flatMap((module) => module.demo ?? []).sort((a, b) => a.order - b.order);
  for (const step of steps) {
    const started = Date.now();
    await step.load(context);
    const took = Date.now() - started;
    if (took > 500) process.stdout.write(`  ${step.name} (${(took / 1000).toFixed(1)} s)\n`);
  }
}
