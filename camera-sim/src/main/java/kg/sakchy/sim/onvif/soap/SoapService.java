package kg.sakchy.sim.onvif.soap;

import org.jspecify.annotations.Nullable;

/** A group of operations of one device. Threads: confined to the simulator's loop. */
@FunctionalInterface
public interface SoapService {
  /**
   * Answers, or returns null if the operation is not one of this group.
   *
   * @throws SoapFault if it refuses
   */
  @Nullable SoapAnswer answer(SoapCall call);
}
