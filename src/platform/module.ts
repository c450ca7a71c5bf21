import type { Permission } from './access.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Database } from './database.ts';
import type { Subscription } from './events.ts';
import type { JobType, Loop, Schedule } from './jobs.ts';
import type { Logger } from './log.ts';
import type { LocalText } from './problems.ts';
import type { Web } from './http/web.ts';

export type Floor = 'foundation' | 'engines' | 'office' | 'services' | 'insight';

/** What the composition hands to routes, commands and demo loaders. */
export interface AppContext {
  db: Database;
  clock: Clock;
  config: Config;
  log: Logger;
}

/** A line of the officials' side navigation, shown to those who hold the permission. */
export interface MenuEntry {
  group: LocalText;
  label: LocalText;
  href: string;
  permission: Permission;
  order: number;
  /** Number shown beside the entry (what waits), from one indexed read. */
  count?(context: AppContext, actor: import('./access.ts').Actor): Promise<number>;
}

/** A command of `npx sen NAME …`. Returns the exit code. */
export interface CliCommand {
  name: string;
  summary: string;
  usage: string;
  run(context: AppContext, args: readonly string[]): Promise<number>;
}

/** Loads demonstration data; order is the floor's order, then `order`. Must be idempotent. */
export interface DemoStep {
  name: string;
  order: number;
  load(context: AppContext): Promise<void>;
}

/** The manifest: everything the composition needs to know of a module. Only `src/modules.ts` imports it. */
export interface Module {
  name: string;
  floor: Floor;
  /** Modules on the same floor that this one calls. */
  uses?: readonly string[];
  routes?(web: Web, context: AppContext): void;
  jobs?: readonly JobType<never>[];
  subscriptions?: readonly Subscription[];
  schedules?: readonly Schedule[];
  loops?: readonly Loop[];
  permissions?: readonly Permission[];
  menu?: readonly MenuEntry[];
  commands?: readonly CliCommand[];
  demo?: readonly DemoStep[];
  /** Work before the program is ready (warm caches). */
  start?(context: AppContext): Promise<void>;
}

export const defineModule = (manifest: Module): Module => manifest;

/** A job type of any payload as the manifest lists it. */
export const anyJob = <P extends object>(job: JobType<P>): JobType<never> => job as unknown as JobType<never>;
