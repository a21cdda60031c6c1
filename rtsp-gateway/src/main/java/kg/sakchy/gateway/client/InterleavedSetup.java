package kg.sakchy.gateway.client;

import java.util.function.Consumer;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.gateway.failure.Failure;
import kg.sakchy.gateway.transport.MediaPath;
import kg.sakchy.media.rtsp.PortPair;
import kg.sakchy.media.rtsp.TransportHeader;

/** Offers a pair of interleaved channels; the camera may choose others. */
record InterleavedSetup(Interleaving interleaving, PortPair offered) implements TransportSetup {
  /** Offers channels 0-1 to the first track, 2-3 to the second, and so on. */
  static TransportSetup.Source source(Interleaving interleaving) {
    return new Source() {
      private int next;

      @Override
      public void prepare(Consumer<TransportSetup> ready, Consumer<Failure> failed) {
        PortPair channels = new PortPair(next, next + 1);
        next += 2;
        ready.accept(new InterleavedSetup(interleaving, channels));
      }
    };
  }

  @Override
  public TransportHeader offer() {
    return TransportHeader.ofChannels(offered);
  }

  @Override
  public MediaPath accept(TransportHeader answer, MediaPath.Receiver receiver) {
    PortPair channels = answer.interleaved() == null ? offered : answer.interleaved();
    if (!answer.tcp() || !interleaving.isFree(channels)) {
      throw new VmsException(
          ErrorKind.UNSUPPORTED, "the camera answered SETUP for TCP with " + answer.format());
    }
    return interleaving.open(channels, receiver);
  }
}
