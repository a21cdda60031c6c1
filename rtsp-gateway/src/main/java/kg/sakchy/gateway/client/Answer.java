package kg.sakchy.gateway.client;

import kg.sakchy.gateway.failure.Failure;
import kg.sakchy.media.rtsp.RtspResponse;

/** What comes of a request. Exactly one of the methods is called, unless the connection ends. */
interface Answer {
  void answered(RtspResponse response);

  /** The camera did not answer in time. */
  void silent(Failure failure);
}
