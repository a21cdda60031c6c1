/**
 * Who may talk to a device: WS-UsernameToken, HTTP Digest, accounts and levels (ONVIF Core §5.9).
 *
 * <p>Threads: everything runs on the simulator's loop.
 */
package kg.sakchy.sim.onvif.login;
