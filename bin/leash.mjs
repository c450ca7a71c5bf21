// Loaded into the server by the command that starts it: when that command is gone (killed without a chance to say so), the
// server ends in good order instead of holding its port for ever.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
