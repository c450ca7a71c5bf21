import { createServer, type Server } from 'node:http';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export const registry = new Registry();
collectDefaultMetrics({ register: registry });

export const httpDuration = new Histogram({
  name: 'sen_http_request_duration_seconds',
  help: 'Time to answer a request, by route and status class',
  labelNames: ['method', 'route', 'status'] as const,
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  registers: [registry],
});
export const cachedPages = new Counter({
  name: 'sen_http_cached_pages_total',
  help: 'Anonymous pages answered from the micro-cache',
  registers: [registry],
});
export const jobsFinished = new Counter({
  name: 'sen_jobs_finished_total',
  help: 'Background jobs that ended, by task and outcome',
  labelNames: ['task', 'outcome'] as const,
  registers: [registry],
});
export const limiterFailures = new Counter({
  name: 'sen_rate_limit_store_failures_total',
  help: 'Requests let through because the rate limit store did not answer',
  registers: [registry],
});
export const eventLag = new Gauge({
  name: 'sen_event_dispatch_lag_seconds',
  help: 'Age of the oldest event not yet handed to its subscribers',
  registers: [registry],
});

export const freeBytes = new Gauge({
  name: 'sen_free_bytes',
  help: 'Bytes free on the volume of data, log, files and back-ups',
  labelNames: ['volume'] as const,
  registers: [registry],
});
export const writingStopped = new Gauge({
  name: 'sen_writing_stopped',
  help: '1 while nothing is written because a disk is almost full',
  registers: [registry],
});

/** Serves the metrics on a port of their own, so that they never face the public. */
export async function serveMetrics(port: number, host: string): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end();
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}
