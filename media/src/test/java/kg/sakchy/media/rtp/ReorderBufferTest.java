package kg.sakchy.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReorderBufferTest {
  private static final long MAX_WAIT = 50;

  private final List<Integer> handedOn = new ArrayList<>();
  private final ReorderBuffer buffer = new ReorderBuffer(8, MAX_WAIT);

  @Test
  void inOrderPassesThroughWithoutACopy() {
    ByteBuffer packet = packet(65_535, 1);
    List<ByteBuffer> same = new ArrayList<>();
    buffer.push(packet, 0, same::add);
    assertThat(same).hasSize(1).first().isSameAs(packet);
    push(0, 1);
    push(1, 1);
    assertThat(handedOn).containsExactly(0, 1);
  }

  @Test
  void putsPacketsBackInOrderAndKeepsTheirBytes() {
    push(10, 0);
    ByteBuffer early = packet(12, 0x0708);
    buffer.push(early, 1, this::note);
    early.clear();
    while (early.hasRemaining()) {
      early.put((byte) 0);
    }
    List<Integer> sizes = new ArrayList<>();
    buffer.push(
        packet(11, 1),
        2,
        packet -> {
          note(packet);
          sizes.add(packet.remaining());
          assertThat(packet.getInt(packet.position() + 12)).isIn(1, 0x0708);
        });
    assertThat(handedOn).containsExactly(10, 11, 12);
    assertThat(sizes).containsExactly(16, 16);
    assertThat(buffer.waiting()).isZero();
  }

  @Test
  void dropsDuplicatesAndLatePackets() {
    push(10, 0);
    push(12, 0);
    push(12, 0);
    push(10, 0);
    push(11, 0);
    push(11, 0);
    assertThat(handedOn).containsExactly(10, 11, 12);
    assertThat(buffer.dropped()).isEqualTo(3);
  }

  @Test
  void givesUpOnAMissingPacketAfterTheLongestWait() {
    push(10, 0);
    push(12, 5);
    push(13, 20);
    buffer.expire(5 + MAX_WAIT - 1, this::note);
    assertThat(handedOn).containsExactly(10);
    buffer.expire(5 + MAX_WAIT, this::note);
    assertThat(handedOn).containsExactly(10, 12, 13);
  }

  @Test
  void givesUpOnAMissingPacketWhenTooManyWait() {
    push(10, 0);
    for (int i = 12; i <= 19; i++) {
      push(i, 0);
    }
    assertThat(handedOn).containsExactly(10, 12, 13, 14, 15, 16, 17, 18, 19);
    push(20, 0);
    assertThat(handedOn).endsWith(19, 20);
  }

  @Test
  void theWholeWindowMayLieAcrossTheWrap() {
    push(65_528, 0);
    for (int i = 65_530; i <= 65_536; i++) {
      push(i & 0xffff, 0);
    }
    assertThat(buffer.waiting()).isEqualTo(7);
    push(65_529, 0);
    assertThat(handedOn)
        .containsExactly(65_528, 65_529, 65_530, 65_531, 65_532, 65_533, 65_534, 65_535, 0);
    assertThat(buffer.dropped()).isZero();
  }

  @Test
  void aSourceThatRestartsPassesThrough() {
    push(10, 0);
    push(12, 0);
    push(40_000, 0);
    push(40_001, 0);
    assertThat(handedOn).containsExactly(10, 12, 40_000, 40_001);
  }

  @Test
  void dropsWhatIsTooShort() {
    buffer.push(ByteBuffer.allocate(11), 0, this::note);
    assertThat(handedOn).isEmpty();
    assertThat(buffer.dropped()).isEqualTo(1);
  }

  /** Shuffled within the window, nothing is lost, nothing comes twice, everything is in order. */
  @Test
  void anyOrderWithinTheWindowComesOutStraight() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      ReorderBuffer fresh = new ReorderBuffer(8, Long.MAX_VALUE);
      handedOn.clear();
      int first = random.nextInt(65_536);
      fresh.push(packet(first, 0), 0, this::note);
      List<Integer> pending = new ArrayList<>();
      int next = 1;
      while (next < 300 || !pending.isEmpty()) {
        while (pending.size() < 4 && next < 300) {
          pending.add(next++);
        }
        // Never let the oldest fall out of the window.
        int pick = pending.getLast() - pending.getFirst() >= 7 ? 0 : random.nextInt(pending.size());
        int sequence = pending.remove(pick);
        fresh.push(packet((first + sequence) & 0xffff, sequence), 0, this::note);
        if (random.nextInt(5) == 0) {
          fresh.push(packet((first + sequence) & 0xffff, sequence), 0, this::note);
        }
      }
      assertThat(handedOn).hasSize(300);
      for (int i = 0; i < 300; i++) {
        assertThat(handedOn.get(i)).isEqualTo((first + i) & 0xffff);
      }
    }
  }

  private void push(int sequence, long now) {
    buffer.push(packet(sequence, sequence), now, this::note);
  }

  private void note(ByteBuffer packet) {
    handedOn.add(packet.getShort(packet.position() + 2) & 0xffff);
  }

  private static ByteBuffer packet(int sequence, int payload) {
    ByteBuffer bytes = ByteBuffer.allocate(16);
    RtpPacket.writeHeader(bytes, false, 96, sequence, 0, 7);
    return bytes.putInt(payload).flip();
  }
}
