/**
 * The RTSP client: the dialogue with a camera, the watch over a playing session, and the stream
 * that keeps exactly one connection and makes it anew when it fails.
 *
 * <pre>
 * CameraStream --- one at a time ---> CameraConnection -+- Conversation   requests, answers, authentication
 *   back-off, hub, figures                              +- Dialogue       OPTIONS, DESCRIBE, SETUP, PLAY
 *                                                       +- Session        tracks, keep-alive, reports, watch
 * </pre>
 *
 * <p>Threads: everything is confined to the stream's event loop, except where a method says that it
 * may be called from any thread.
 */
package kg.sakchy.gateway.client;
