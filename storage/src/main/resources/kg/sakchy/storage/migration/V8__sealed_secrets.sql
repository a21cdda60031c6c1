-- Passwords of cameras, encrypted.
--
-- The columns of clear passwords stay for rows that an older server wrote: the server encrypts
-- them when it starts, and writes none itself.

alter table cameras drop constraint cameras_check;
alter table cameras drop constraint cameras_check1;
-- The password, sealed with the id of the camera (kg.sakchy.storage.secret); null without one.
alter table cameras add column main_sealed bytea check (octet_length(main_sealed) <= 10000);
alter table cameras add column sub_sealed bytea check (octet_length(sub_sealed) <= 10000);
alter table cameras add check
  (num_nonnulls(main_password, main_sealed) = num_nonnulls(main_user));
alter table cameras add check
  (num_nonnulls(sub_password, sub_sealed) = num_nonnulls(sub_user));

alter table devices drop constraint devices_check;
alter table devices add column login_sealed bytea check (octet_length(login_sealed) <= 10000);
alter table devices add check
  (num_nonnulls(login_password, login_sealed) = num_nonnulls(login_user));
