package kg.sakchy.gateway.client;

import kg.sakchy.gateway.track.TrackReceiver;
import kg.sakchy.gateway.transport.MediaPath;

/** A track that was set up: what receives it and how it travels. */
record SessionTrack(TrackReceiver receiver, MediaPath path) {}
