-- Who did what: records that are chained by hashes, the Merkle tree over them, and signed
-- checkpoints. Formats: ref/audit-format.md. Units, times and collations as in V1.

-- Where the log ends. One row, which whoever appends locks until the commit, last of all locks.
create table audit_head (
  single boolean primary key default true check (single),
  -- Names the log for ever, in checkpoints.
  origin text not null,
  -- Records so far, also those dropped since: the number of the last.
  size bigint not null check (size >= 0),
  -- Hash of the last record.
  hash bytea not null check (octet_length(hash) = 32),
  -- Roots of the complete subtrees at the right edge of the tree, the largest first.
  peaks bytea not null check (octet_length(peaks) = 32 * bit_count(cast(size as bit(64))))
) with (fillfactor = 50);
insert into audit_head (origin, size, hash, peaks)
  values ('sakchy-audit/' || gen_random_uuid(), 0, decode(repeat('00', 32), 'hex'), '');

-- Where the log begins: after the last record that was dropped. One row, as above.
create table audit_start (
  single boolean primary key default true check (single),
  size bigint not null check (size >= 0),
  hash bytea not null check (octet_length(hash) = 32),
  peaks bytea not null check (octet_length(peaks) = 32 * bit_count(cast(size as bit(64))))
);
insert into audit_start (size, hash, peaks) select size, hash, peaks from audit_head;

-- The records. A partition holds one day of UTC by at_us and is dropped whole.
create table audit_records (
  -- From 1, without holes; given out by whoever holds audit_head.
  number bigint not null check (number >= 1),
  -- The parts of kg.sakchy.core.audit.AuditEvent.
  at_us bigint not null,
  actor text collate "C" not null,
  origin text not null,
  action text collate "C" not null,
  object text collate "C" not null,
  reason text not null,
  result text collate "C" not null,
  -- An object of texts.
  details jsonb not null,
  -- Hash of the record before, 32 bytes 0 for the first, and of this one. Not checked here: what
  -- somebody changed must stay readable.
  previous bytea not null,
  hash bytea not null,
  primary key (number, at_us)
) partition by range (at_us);
create index audit_records_by_actor on audit_records (actor, number);
create index audit_records_by_object on audit_records (object, number);

-- Complete subtrees of 256 leaves and more; smaller ones are made from the records when needed.
create table audit_nodes (
  -- Leaves, as a power of two.
  level smallint not null check (level >= 8),
  -- Its place among those of its level, from 0.
  index bigint not null check (index >= 0),
  hash bytea not null check (octet_length(hash) = 32),
  primary key (level, index)
);

-- What was signed, for ever.
create table audit_checkpoints (
  -- Records that it covers.
  size bigint not null check (size >= 0),
  -- The key that signed, as signed notes write it: name+id+base64.
  key text collate "C" not null,
  at_us bigint not null,
  -- A signed note.
  note text not null,
  primary key (size, key)
);
