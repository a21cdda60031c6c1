// Drives a device with the npm package "onvif": node onvif-cam.js HOST PORT PATH USER PASSWORD
// Prints one line of JSON with what it saw.
'use strict';

const [hostname, port, path, username, password] = process.argv.slice(2);
const { Cam } = require('onvif');

const call = (target, method, ...options) =>
  new Promise((resolve, reject) => {
    target[method](...options, (error, result) => (error ? reject(error) : resolve(result)));
  });

async function drive() {
  const seen = {};
  const cam = await new Promise((resolve, reject) => {
    const made = new Cam(
      { hostname, port, path, username, password, timeout: 10000, autoconnect: false });
    made.connect((error) => (error ? reject(error) : resolve(made)));
  });
  seen.media2 = Boolean(cam.media2Support);
  seen.information = await call(cam, 'getDeviceInformation');
  seen.profiles = cam.profiles.map((profile) => profile.$.token);
  seen.stream = (await call(cam, 'getStreamUri', { protocol: 'RTSP' })).uri;
  seen.snapshot = (await call(cam, 'getSnapshotUri')).uri;
  seen.services = (await call(cam, 'getServices')).length;
  seen.scopes = (await call(cam, 'getScopes')).length;
  seen.encoders = (await call(cam, 'getVideoEncoderConfigurations')).length;
  seen.users = (await call(cam, 'getUsers')).map((user) => user.username);
  seen.nodes = Object.keys(await call(cam, 'getNodes'));
  await call(cam, 'absoluteMove', { x: 0.5, y: -0.2, zoom: 0.5 });
  await call(cam, 'continuousMove', { x: 0.1, y: 0, zoom: 0, timeout: 500 });
  await call(cam, 'stop', { panTilt: true, zoom: true });
  seen.status = (await call(cam, 'getStatus')).position;
  await call(cam, 'setPreset', { presetName: 'gate' });
  seen.presets = await call(cam, 'getPresets');
  seen.imaging = Object.keys(await call(cam, 'getImagingSettings'));
  seen.recordings = await call(cam, 'getRecordings');
  seen.replay = await call(cam, 'getReplayUri', { recordingToken: 'Recording_1' });
  await call(cam, 'createPullPointSubscription');
  const pulled = await call(cam, 'pullMessages', { timeout: 2000, messageLimit: 10 });
  seen.events = [].concat(pulled.notificationMessage).map((message) => message.topic._);
  await call(cam, 'renew', {});
  await call(cam, 'unsubscribe');
  return seen;
}

drive().then(
  (seen) => {
    console.log(JSON.stringify(seen));
    process.exit(0);
  },
  (error) => {
    console.error(error);
    process.exit(1);
  });
