// Drives a device with the npm package "node-onvif": node node-onvif-device.js XADDR USER PASSWORD
// Prints one line of JSON with what it saw.
'use strict';

const [xaddr, user, pass] = process.argv.slice(2);
const onvif = require('node-onvif');

async function drive() {
  const device = new onvif.OnvifDevice({ xaddr, user, pass });
  const information = await device.init();
  const profile = device.getCurrentProfile();
  const seen = {
    information,
    profiles: device.getProfileList().map((each) => each.token),
    stream: device.getUdpStreamUrl(),
    snapshot: profile.snapshot,
  };
  seen.picture = (await device.fetchSnapshot()).body.length;
  await device.ptzMove({ speed: { x: 1, y: 0, z: 0 }, timeout: 1 });
  await device.ptzStop();
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
