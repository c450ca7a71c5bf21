-- Suspending an application and withdrawing from one find the sessions and grants by these, not by reading all of them.
create index oidc_payload_authorizations_idx on identity.oidc_payload using gin ((payload -> 'authorizations')) where kind = 'Session';
create index oidc_payload_client_idx on identity.oidc_payload ((payload ->> 'clientId'), (payload ->> 'accountId')) where kind in ('Grant', 'ClientCredentials');
