-- Where a contributor goes on: its own mark, so that a phase that is over is not looked for again.
alter table organisations.operation_part add column cursor text;
