package kg.sakchy.gateway.client;

import kg.sakchy.core.stream.Codec;
import kg.sakchy.gateway.track.PacketTap;
import kg.sakchy.gateway.track.TrackSource;
import kg.sakchy.media.rtsp.RtspHeaders;

/**
 * In what a dialogue that plays a recording differs from one that pulls live.
 *
 * <p>Threads: confined to the connection's event loop.
 */
public interface PlayMode {
  /** Whether tracks of a kind besides video are set up. */
  boolean wants(Codec.Kind kind);

  /** Fields of SETUP besides Transport; a new object for each call. */
  RtspHeaders setupFields();

  /** Fields of PLAY; a new object for each call. */
  RtspHeaders playFields();

  /** Who sees the packets of a track that was set up. */
  PacketTap tap(TrackSource track);
}
