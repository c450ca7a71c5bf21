import type { Module } from './platform/module.ts';
import type { BackgroundWork } from './platform/worker.ts';
import { platformSchedules } from './platform/housekeeping.ts';

/** All jobs, subscribers and schedules of the house. */
export const backgroundWork = (modules: readonly Module[]): BackgroundWork => ({
  jobs: modules.flatMap((module) => module.jobs ?? []),
  subscriptions: modules.flatMap((module) => module.subscriptions ?? []),
  schedules: [...platformSchedules, ...modules.flatMap((module) => module.schedules ?? [])],
  loops: modules.flatMap((module) => module.loops ?? []),
});
