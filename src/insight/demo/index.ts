/* The front door: tests and benches fill a database with it. */
export { generateDossiers } from './generate.ts';
