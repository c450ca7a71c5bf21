-- The partial indexes of open work serve these keys as well; every task that ends would write two more entries for nothing.
drop index workflow.work_unit_key_idx;
drop index workflow.work_post_key_idx;
