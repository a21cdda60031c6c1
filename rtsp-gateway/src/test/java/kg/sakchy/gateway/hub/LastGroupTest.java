package kg.sakchy.gateway.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import kg.sakchy.core.stream.AccessUnit;
import org.junit.jupiter.api.Test;

class LastGroupTest {
  private static final int VIDEO = 1;

  private final GroupMemory memory = new GroupMemory(1000);
  private final LastGroup group = new LastGroup(memory);

  private static AccessUnit unit(int track, boolean key, int bytes) {
    return new AccessUnit(track, 0, 0, key, new byte[bytes], Instant.EPOCH, 0);
  }

  @Test
  void keepsWhatFollowsTheLastKeyFrameOfTheVideo() {
    AccessUnit key = unit(VIDEO, true, 100);
    AccessUnit sound = unit(0, true, 10);
    group.add(unit(VIDEO, false, 50), VIDEO);
    group.add(unit(VIDEO, true, 100), VIDEO);
    group.add(unit(VIDEO, false, 50), VIDEO);
    group.add(key, VIDEO);
    group.add(sound, VIDEO);
    assertThat(group.units()).containsExactly(key, sound);
    assertThat(memory.used()).isEqualTo(110);
  }

  @Test
  void isLetGoWhenThereIsNoMemoryAndComesBackWithTheNextKeyFrame() {
    LastGroup other = new LastGroup(memory);
    other.add(unit(VIDEO, true, 700), VIDEO);
    group.add(unit(VIDEO, true, 200), VIDEO);
    group.add(unit(VIDEO, false, 200), VIDEO);
    group.add(unit(VIDEO, false, 1), VIDEO);
    assertThat(group.units()).isEmpty();
    assertThat(memory.used()).isEqualTo(700);
    other.clear();
    group.add(unit(VIDEO, true, 200), VIDEO);
    assertThat(group.units()).hasSize(1);
  }

  @Test
  void isLetGoWhenItGrowsTooLarge() {
    GroupMemory plenty = new GroupMemory(Long.MAX_VALUE);
    LastGroup large = new LastGroup(plenty);
    large.add(unit(VIDEO, true, (int) LastGroup.MAX_BYTES), VIDEO);
    assertThat(large.units()).hasSize(1);
    large.add(unit(VIDEO, false, 1), VIDEO);
    assertThat(large.units()).isEmpty();
    assertThat(plenty.used()).isZero();
  }
}
