import { Gauge } from 'prom-client';
import { registry } from '../../platform/metrics.ts';

export const findingCount = new Gauge({
  name: 'sen_ledger_findings',
  help: 'What the last check of the ledger found changed, missing or added',
  registers: [registry],
});
