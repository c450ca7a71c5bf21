// The program as `npm start` runs it: its modules are read while PostgreSQL is still starting; the settings that are known only then (where the
// database is) come as a message, and the start goes on.
process.channel?.ref(); // the leash let go of it
const loaded = import('../dist/server/app.js');
const settings = new Promise((done) => process.once('message', done));
await loaded;
Object.assign(process.env, await settings);
process.channel?.unref();
await import('../dist/server/main.js');
