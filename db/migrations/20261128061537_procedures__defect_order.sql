-- The work list is read in these orders, a page at a time, however long it grows.
create index defect_severity_order_idx on procedures.defect (severity, (coalesce(procedure_code, '')), id);
create index defect_code_order_idx on procedures.defect ((coalesce(procedure_code, '')), severity, id);
