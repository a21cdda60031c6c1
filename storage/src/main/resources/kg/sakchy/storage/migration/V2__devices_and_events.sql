-- Cameras as devices, where they stand, what happens at them, and imports of tables of them.
--
-- Units, times and collations as in V1.

-- The ONVIF side of a camera; a plain RTSP camera has none.
create table devices (
  -- cameras.id
  camera text collate "C" primary key references cameras (id) on delete cascade,
  -- http:// or https:// address of the device service, without user and password.
  service text not null check (service ~* '^https?://'),
  -- Login of an ONVIF user of the camera, in clear: the camera wants it in clear. Null without.
  login_user text,
  login_password text,
  -- Whether addresses that the camera tells get the host and port of the service.
  keep_host boolean not null,
  -- Who it said it is when it was last probed; empty where it says nothing. The endpoint is its
  -- WS-Discovery endpoint reference, which stays when its address changes.
  endpoint text collate "C" not null check (char_length(endpoint) <= 1000),
  make text collate "C" not null check (char_length(make) <= 1000),
  model text collate "C" not null check (char_length(model) <= 1000),
  firmware text collate "C" not null check (char_length(firmware) <= 1000),
  serial text collate "C" not null check (char_length(serial) <= 1000),
  hardware text collate "C" not null check (char_length(hardware) <= 1000),
  -- Tokens of the media profiles of the recorded stream, and of the small one; null without one.
  main_profile text not null check (char_length(main_profile) <= 1000),
  sub_profile text check (char_length(sub_profile) <= 1000),
  -- Names of kg.sakchy.core.device.DeviceFeature, lower case.
  features text[] not null check (features <@ array['media2', 'ptz', 'imaging', 'audio',
    'backchannel', 'events', 'notifications', 'edge_recording', 'metadata']),
  check ((login_user is null) = (login_password is null))
);
-- One camera is registered once. What says nothing of itself is equal to none.
create unique index devices_endpoint on devices (endpoint) where endpoint <> '';
create unique index devices_serial on devices (serial, make) where serial <> '';

-- Where a camera stands and what it looks at. Texts are empty where unknown.
create table placements (
  -- cameras.id
  camera text collate "C" primary key references cameras (id) on delete cascade,
  -- Name of the site, for example a school.
  site text not null check (char_length(site) <= 300),
  -- What kind of place.
  site_class text collate "C" not null check (site_class in
    ('street', 'tourist_area', 'school', 'kindergarten', 'junction', 'other')),
  -- Postal address.
  address text not null check (char_length(address) <= 300),
  -- Code in the state's classifier of territories.
  geographic_code text collate "C" not null check (char_length(geographic_code) <= 300),
  -- Degrees north and east, WGS 84.
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  -- Mounting height above the ground, metres.
  height_m double precision check (height_m between -100 and 1000),
  -- Direction of the optical axis (of a dome: of pan 0), degrees clockwise from north.
  azimuth_deg double precision check (azimuth_deg >= 0 and azimuth_deg < 360),
  -- Horizontal angle of view at the widest, degrees.
  view_angle_deg double precision check (view_angle_deg > 0 and view_angle_deg <= 360),
  -- Who is responsible.
  unit text not null check (char_length(unit) <= 300),
  check ((latitude is null) = (longitude is null))
);

-- Everything that happened at cameras. A partition holds one day of UTC by at_us; it is made when
-- needed and dropped whole when the day is older than events are kept. Events outlive their camera.
create table events (
  -- Microseconds of UTC when it was logged, or one more than the last number where that is higher:
  -- so numbers rise with every event, and a search knows about where in them a time is.
  number bigint not null,
  -- cameras.id, or of a camera deleted since.
  camera text collate "C" not null,
  -- kg.sakchy.core.event.EventKind, normalised.
  kind text collate "C" not null check (kind in ('motion', 'tamper', 'line_crossing', 'field',
    'digital_input', 'audio', 'plate', 'face', 'object', 'counting', 'edge_recording', 'storage',
    'health', 'device', 'other')),
  -- Whether something begins, ends or just happens.
  state text collate "C" not null check (state in ('active', 'inactive', 'pulse')),
  -- When it happened: the camera's time corrected by its clock offset.
  at_us bigint not null,
  -- What the camera said, uncorrected; null when it told no time.
  camera_us bigint,
  -- When it was heard of.
  arrived_us bigint not null,
  -- Whether it was logged over ten minutes from its time; rare. A column, so that the planner knows.
  off_time boolean not null
    check (off_time = (at_us not between number - 600000000 and number + 600000000)),
  -- The camera's own words, without namespace prefixes; empty when it is ours.
  topic text not null check (char_length(topic) <= 1000),
  -- Which of the camera's sources, rules or tokens, and what it tells: objects of texts.
  source jsonb not null,
  data jsonb not null,
  primary key (number, at_us)
) partition by range (at_us);

-- "By camera and time", "by kind and time": a search walks numbers downwards.
create index events_by_camera on events (camera, number) include (at_us, kind);
create index events_by_kind on events (kind, number) include (at_us, camera);
-- What was logged at another time than it happened is found by its time.
create index events_off_time on events (at_us) where off_time;

-- The last number given out. Set by whoever holds the advisory lock of the event log.
create sequence event_numbers;

-- Tables of cameras that are or were imported.
create table import_runs (
  -- A UUID, or whatever names it.
  id text collate "C" primary key check (char_length(id) <= 100),
  -- What the user calls the table.
  file_name text not null check (char_length(file_name) <= 300),
  -- Whether cameras are only probed and nothing is registered.
  dry_run boolean not null,
  state text collate "C" not null check (state in ('running', 'cancelled', 'done')),
  started_us bigint not null,
  ended_us bigint,
  check ((state = 'running') = (ended_us is null))
);
create index import_runs_by_start on import_runs (started_us);

-- The rows of those tables and what became of them.
create table import_rows (
  -- import_runs.id
  run text collate "C" not null references import_runs (id) on delete cascade,
  -- The row's line in the table, the heading being line 1.
  line integer not null check (line >= 1),
  outcome text collate "C" not null check (outcome in
    ('waiting', 'registered', 'updated', 'unchanged', 'failed')),
  -- cameras.id, or of a camera deleted since; null while unknown.
  camera text collate "C",
  -- The column that is wrong; null when none is.
  wrong_column text,
  -- What is wrong, in words.
  message text not null check (char_length(message) <= 1000),
  -- What the table says, by column, passwords in clear; null as soon as nothing is left to do.
  table_values jsonb,
  primary key (run, line)
);
