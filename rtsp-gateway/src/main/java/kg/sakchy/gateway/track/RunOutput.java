package kg.sakchy.gateway.track;

import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.PacketLoss;
import kg.sakchy.core.stream.SenderReport;
import kg.sakchy.core.stream.StreamFormat;

/** Takes the runs of one stream, in the order that {@code StreamListener} promises. */
public interface RunOutput {
  /** A run begins. */
  void format(StreamFormat format);

  void unit(AccessUnit unit);

  void loss(PacketLoss loss);

  void senderReport(SenderReport report);

  /** A track that the camera offered sends nothing; the run began without it. */
  void silent(Codec codec);
}
