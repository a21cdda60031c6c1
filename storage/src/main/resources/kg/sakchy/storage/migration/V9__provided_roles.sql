-- Roles that come from the groups of the identity provider.

-- Whether the assignment does: then it goes with the group, at the next sign-in.
alter table role_assignments add column provided boolean not null default false;
