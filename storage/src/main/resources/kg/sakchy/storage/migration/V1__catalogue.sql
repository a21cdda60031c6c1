-- The catalogue: cameras, segments, gaps.
--
-- Times end in _us: microseconds of UTC since 1970-01-01, exact, free of time zones. Ticks are of
-- 90 kHz. Text that is compared or paged by has collation "C": the order of its bytes.

create table cameras (
  -- Name for ever; part of object keys and URLs.
  id text collate "C" primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  -- What people call it.
  name text not null check (char_length(name) between 1 and 200),
  -- rtsp:// or rtsps:// address of the recorded stream, without user and password.
  main_uri text not null check (main_uri ~* '^rtsps?://'),
  -- The camera's own user and password, in clear: the camera wants them in clear. Null without.
  main_user text,
  main_password text,
  -- How RTP travels.
  main_transport text not null check (main_transport in ('TCP', 'UDP')),
  -- The same of the small stream; null without one.
  sub_uri text check (sub_uri ~* '^rtsps?://'),
  sub_user text,
  sub_password text,
  sub_transport text check (sub_transport in ('TCP', 'UDP')),
  -- Whether the main stream should be recorded now, and since when without a pause.
  recording boolean not null,
  recording_since_us bigint,
  -- How long segments are kept; null for the server's default.
  retention_days integer check (retention_days between 1 and 36500),
  created_us bigint not null,
  -- Counts changes; a change names the version it is based on.
  version bigint not null check (version >= 1),
  check ((main_user is null) = (main_password is null)),
  check ((sub_user is null) = (sub_password is null)),
  check ((sub_uri is null) = (sub_transport is null)),
  check (sub_uri is not null or sub_user is null),
  check (recording = (recording_since_us is not null))
);

-- Gives each stream that ever had a segment or a gap a number of four bytes. Rows stay when the
-- camera is deleted, because its recordings do. They are never deleted, so the tables below need
-- no foreign key, which would cost each insert a lock.
create table streams (
  number integer generated always as identity primary key,
  camera text collate "C" not null,
  name text collate "C" not null check (name in ('main', 'sub')),
  unique (camera, name)
);

-- What is stored of each stream, without segments marked for deletion. Changed by the statement
-- that adds or marks segments. A stream has one writer, so no row is hot; half of each page stays
-- free so that updates need no index entry.
create table stream_totals (
  stream integer primary key,
  segments bigint not null check (segments >= 0),
  size_bytes bigint not null check (size_bytes >= 0),
  -- Longest segment ever: how far before a range a segment that reaches into it can begin.
  longest_us bigint not null check (longest_us > 0)
) with (fillfactor = 50);

-- The ftyp and moov boxes of segments and what they say; thousands of segments share a row.
create table formats (
  number integer generated always as identity primary key,
  -- SHA-256 of init.
  init_sha256 bytea not null check (octet_length(init_sha256) = 32),
  init bytea not null check (octet_length(init) <= 1048576),
  -- RFC 6381 strings of the tracks, separated by commas.
  codecs text collate "C" not null check (char_length(codecs) <= 200),
  -- Luma samples.
  width integer not null check (width between 0 and 65535),
  height integer not null check (height between 0 and 65535),
  unique (init_sha256, codecs, width, height)
);

-- One row for each durable object of the archive. A partition holds one day of UTC by start_us; it
-- is made before its day begins and dropped when retention has emptied it.
create table segments (
  -- streams.number
  stream integer not null,
  -- UTC of the first frame, and of the first instant after the segment. No segment is longer than
  -- a day: with stream_totals.longest_us this bounds the search for what reaches into a range.
  start_us bigint not null check (start_us >= 0),
  end_us bigint not null check (end_us > start_us and end_us - start_us <= 86400000000),
  -- Microseconds of UTC at which the run began, and the number of the segment within the run.
  run bigint not null,
  sequence integer not null check (sequence >= 0),
  -- Fencing token of the lease under which it was recorded; 0 while one node records everything.
  fence bigint not null default 0 check (fence >= 0),
  -- formats.number
  format integer not null,
  -- baseMediaDecodeTime of the first video sample, ticks.
  decode_ticks bigint not null,
  -- RTP time of the first video frame, unwrapped, ticks; when it arrived; what the camera's own
  -- clock said of it, null without sender reports; half-width of the interval around start_us.
  rtp_ticks bigint not null,
  arrival_us bigint not null,
  camera_us bigint,
  uncertainty_us bigint not null check (uncertainty_us >= 0),
  -- Video frames, and RTP packets lost meanwhile.
  frames integer not null check (frames >= 0),
  packets_lost bigint not null check (packets_lost >= 0),
  size_bytes bigint not null check (size_bytes >= 0),
  -- Of the object's bytes, and of the segment before it in the stream; empty where unknown.
  sha256 bytea not null check (octet_length(sha256) in (0, 32)),
  previous_sha256 bytea not null check (octet_length(previous_sha256) in (0, 32)),
  -- Key frames: a count, then rises of time (ticks) and offset, LEB128; see ref/segment-format.md.
  key_frames bytea not null check (octet_length(key_frames) <= 1048576),
  -- When it was marked for deletion, the first of two phases; null while it can be found.
  marked_us bigint,
  -- end_us and marked_us ride along so that a timeline reads the index alone.
  primary key (stream, start_us, run, sequence) include (end_us, marked_us)
) partition by range (start_us);

-- What expires next, over all streams.
create index segments_by_age on segments (start_us) where marked_us is null;
-- What a clean-up that was interrupted has to finish.
create index segments_marked on segments (start_us) where marked_us is not null;

-- Every stretch that should have been recorded and was not, or not whole.
create table gaps (
  -- streams.number
  stream integer not null,
  kind text collate "C" not null check (kind in ('missing', 'damaged')),
  start_us bigint not null,
  end_us bigint not null check (end_us > start_us),
  -- Whose fault; kg.sakchy.core.recording.GapCause.
  cause text collate "C" not null check (cause in
    ('camera', 'network', 'storage', 'operator', 'schedule', 'clock', 'server', 'unknown')),
  -- One sentence for people.
  detail text not null check (char_length(detail) <= 1000),
  primary key (stream, start_us, kind)
);
-- Gaps over an hour are few and may begin long before a range they reach into; shorter ones are
-- found by looking back an hour.
create index gaps_long on gaps (stream, start_us) where end_us - start_us > 3600000000;
