import organisations from './foundation/organisations/module.ts';
import identity from './foundation/identity/module.ts';
import readings from './foundation/readings/module.ts';
import catalogues from './foundation/catalogues/module.ts';
import ledger from './foundation/ledger/module.ts';
import files from './foundation/files/module.ts';
import notifications from './foundation/notifications/module.ts';
import rules from './foundation/rules/module.ts';
import calendar from './engines/calendar/module.ts';
import decisions from './engines/decisions/module.ts';
import forms from './engines/forms/module.ts';
import workflow from './engines/workflow/module.ts';
import signatures from './foundation/signatures/module.ts';
import search from './foundation/search/module.ts';
import demo from './insight/demo/module.ts';
import operations from './insight/operations/module.ts';
import delegations from './services/delegations/module.ts';
import people from './services/people/module.ts';
import paperstore from './services/paperstore/module.ts';
import dossiers from './services/dossiers/module.ts';
import portal from './services/portal/module.ts';
import frontdesk from './services/frontdesk/module.ts';
import procedures from './services/procedures/module.ts';
import webhooks from './services/webhooks/module.ts';
import type { Module } from './platform/module.ts';

/** Every module of the house, from the lowest floor up: the only place that imports manifests. */
export const modules: readonly Module[] = [
  rules,
  organisations,
  notifications,
  readings,
  ledger,
  identity,
  files,
  signatures,
  catalogues,
  search,
  forms,
  calendar,
  decisions,
  workflow,
  delegations,
  dossiers,
  paperstore,
  operations,
  procedures,
  portal,
  people,
  frontdesk,
  webhooks,
  demo,
];
