// Looks for devices with the npm package "node-onvif"; prints one line of JSON with their addresses.
'use strict';

const onvif = require('node-onvif');

onvif.startProbe().then(
  (devices) => {
    console.log(JSON.stringify(devices.map((device) => device.xaddrs)));
    process.exit(0);
  },
  (error) => {
    console.error(error);
    process.exit(1);
  });
