package kg.sakchy.sim;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts a camera's faults into packets: its own line of time, loss, duplicates, disorder. Threads:
 * confined to the loop.
 */
final class PacketShaper {
  private final SimFaults faults;
  private long counter;
  private @Nullable ByteBuffer heldBack;
  private int heldTrack;

  PacketShaper(SimFaults faults) {
    this.faults = faults;
  }

  /** The same batch if nothing is to be changed, else a new one. */
  PacketBatch shape(PacketBatch batch, TrackState state) {
    boolean faulty =
        faults.lossEvery() > 0
            || faults.duplicateEvery() > 0
            || faults.reorderEvery() > 0
            || (heldBack != null && heldTrack == batch.track());
    if (!faulty && !state.rewriting()) {
      batch.packets().forEach(state::sent);
      return batch;
    }
    List<ByteBuffer> out = new ArrayList<>();
    for (ByteBuffer packet : batch.packets()) {
      ByteBuffer own = state.rewriting() ? state.rewrite(packet) : packet;
      state.sent(own);
      if (faulty) {
        spoil(batch.track(), own, out);
      } else {
        out.add(own);
      }
    }
    return new PacketBatch(batch.track(), batch.keyFrame(), out);
  }

  private void spoil(int track, ByteBuffer packet, List<ByteBuffer> out) {
    counter++;
    if (isTurn(faults.lossEvery())) {
      return;
    }
    if (isTurn(faults.reorderEvery()) && heldBack == null) {
      heldBack = packet;
      heldTrack = track;
      return;
    }
    out.add(packet);
    if (isTurn(faults.duplicateEvery())) {
      out.add(packet);
    }
    if (heldBack != null && heldTrack == track) {
      out.add(heldBack);
      heldBack = null;
    }
  }

  private boolean isTurn(int every) {
    return every > 0 && counter % every == 0;
  }
}
