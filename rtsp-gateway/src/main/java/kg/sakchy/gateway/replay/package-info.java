/**
 * Plays what cameras recorded themselves (ONVIF Streaming, replay), with the dialogue of the live
 * client and behind it in priority.
 *
 * <pre>
 * CameraReplay -- one session a device --> Replay -+- CameraConnection   the dialogue of package client
 *                                                  +- ReplayTimes        RTP time -> UTC, by the header extension
 *                                                  +- Splice             a second connection goes on where the first broke
 *                                                  +- Delivery           bounded queue -> the listener's thread
 * </pre>
 *
 * <p>Threads: everything but the listener's thread is confined to the replay's event loop, except
 * where a method says that it may be called from any thread.
 */
package kg.sakchy.gateway.replay;
