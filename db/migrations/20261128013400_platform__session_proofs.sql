-- How the person behind a session proved who they are, and when last: what a route may demand (levels of assurance, step-up).
alter table platform.session add column methods text[] not null default '{}';
alter table platform.session add column proven_at timestamptz;
