/**
 * The media services: Media1 (ver10) with H.264 only, and Media2 (ver20). Both show the same
 * profiles and encoders.
 *
 * <p>Threads: everything runs on the simulator's loop.
 */
package kg.sakchy.sim.onvif.media;
