import { runOffline } from './foundation/ledger/index.ts';

/* The commands that need neither database nor settings: `npx sen witness`, `npx sen ledger verify`, `npx sen ledger audit`. */
try {
  process.exitCode = await runOffline(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
