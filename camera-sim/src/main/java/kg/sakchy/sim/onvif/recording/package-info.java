/**
 * Profile G: what a device has recorded, search in it, and where to replay it (ONVIF Recording
 * Control, Recording Search and Replay Control specifications). The samples are kept by {@link
 * kg.sakchy.sim.EdgeRecording}, and sent by the RTSP server.
 *
 * <p>Threads: everything runs on the simulator's loop.
 */
package kg.sakchy.sim.onvif.recording;
