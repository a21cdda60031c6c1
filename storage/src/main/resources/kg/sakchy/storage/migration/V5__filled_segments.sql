-- Segments fetched later from the camera's own recording, to fill a gap of the archive.

-- Whether the segment was; arrival_us is then when it was fetched, and camera_us what the camera's
-- clock said of the first frame.
alter table segments add column filled boolean not null default false;
