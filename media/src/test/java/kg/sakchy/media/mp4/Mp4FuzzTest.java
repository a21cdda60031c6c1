package kg.sakchy.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hostile bytes: every parser answers, or says DATA_LOSS or UNSUPPORTED, and nothing else. */
class Mp4FuzzTest {
  private static final int ROUNDS = 1_500;

  @TempDir Path directory;

  @FuzzTest
  void initSegment(byte[] data) {
    tolerate(
        () -> {
          InitSegment init = InitSegment.parse(ByteBuffer.wrap(data));
          assertThat(InitSegment.parse(init.bytes())).isEqualTo(init);
          assertThat(init.codecs()).hasSizeLessThanOrEqualTo(init.tracks().size());
        });
  }

  @FuzzTest
  void scanner(byte[] data) {
    tolerate(
        () -> {
          SegmentScan scan = RecordedRun.scan(data);
          assertThat(scan.wholeUntil()).isBetween(0L, (long) data.length);
          for (SegmentScan.Part part : scan.parts()) {
            assertThat(part.offset() + part.sizeBytes()).isLessThanOrEqualTo(scan.wholeUntil());
          }
          byte[] whole = Arrays.copyOf(data, (int) scan.wholeUntil());
          assertThat(RecordedRun.scan(whole)).isEqualTo(scan);
          scan.keyFrames();
        });
  }

  @FuzzTest
  void identity(byte[] data) {
    tolerate(
        () -> {
          SegmentIdentity identity = SegmentIdentity.decode(ByteBuffer.wrap(data));
          assertThat(SegmentIdentity.decode(ByteBuffer.wrap(identity.encode())))
              .isEqualTo(identity);
        });
  }

  @FuzzTest
  void shifter(byte[] data) {
    tolerate(
        () -> {
          TfdtShift shift = new TfdtShift(Map.of(1, 12_345L, 2, -1L));
          try (InputStream in = new TfdtShifter(new ByteArrayInputStream(data), shift)) {
            assertThat(in.readAllBytes()).hasSameSizeAs(data);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @FuzzTest
  void parts(byte[] data) {
    tolerate(
        () -> {
          try {
            PartReader reader = new PartReader(new ByteArrayInputStream(data));
            int read = 0;
            for (Optional<ByteBuffer> part = reader.next();
                part.isPresent();
                part = reader.next()) {
              read += part.get().remaining();
            }
            assertThat(read).isEqualTo(data.length);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Test
  void changedParts() {
    byte[] file = start(GoldenFile.RUN_H264_AAC);
    int media = GoldenFile.RUN_H264_AAC.init().bytes().size();
    parts(Arrays.copyOfRange(file, media, file.length));
    mutate(Arrays.copyOfRange(file, media, file.length), this::parts);
  }

  @Test
  void changedInitSegments() {
    mutate(GoldenFile.RUN_H264_AAC.init().bytes().toByteArray(), this::initSegment);
    mutate(GoldenFile.RUN_H265.init().bytes().toByteArray(), this::initSegment);
    mutate(GoldenFile.CLIP_MJPEG.init().bytes().toByteArray(), this::initSegment);
  }

  @Test
  void changedSegments() {
    mutate(start(GoldenFile.RUN_H264_BFRAMES_AAC), this::scanner);
    mutate(start(GoldenFile.OTHER_ABSOLUTE_OFFSETS), this::scanner);
  }

  @Test
  void changedMedia() {
    byte[] file = start(GoldenFile.RUN_H264_AAC);
    int media = GoldenFile.RUN_H264_AAC.init().bytes().size();
    mutate(Arrays.copyOfRange(file, media, file.length), this::shifter);
  }

  @Test
  void changedClips() throws IOException {
    Path file = directory.resolve("clip.mp4");
    byte[] clip = GoldenFile.CLIP_H265.bytes();
    int tables = GoldenFile.CLIP_H265.init().bytes().size();
    Random random = new Random(5);
    for (int round = 0; round < 300; round++) {
      byte[] changed = clip.clone();
      change(changed, tables, random);
      Files.write(file, changed);
      tolerate(
          () -> {
            try (Mp4Clip open = Mp4Clip.open(file)) {
              for (Mp4Clip.Track track : open.tracks()) {
                for (int i = 0; i < track.sampleCount(); i++) {
                  assertThat(track.read(i)).hasSize(track.sample(i).sizeBytes());
                }
              }
            }
          });
    }
  }

  /** The first two parts: enough structure, little media. */
  private static byte[] start(GoldenFile file) {
    byte[] bytes = file.bytes();
    SegmentScan.Part second = RecordedRun.scan(bytes).parts().get(1);
    return Arrays.copyOf(bytes, (int) second.offset() + second.sizeBytes());
  }

  private static void mutate(byte[] original, Consumer<byte[]> target) {
    Random random = new Random(original.length);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] changed = original.clone();
      change(changed, changed.length, random);
      target.accept(
          random.nextInt(8) == 0 ? Arrays.copyOf(changed, cut(changed, random)) : changed);
    }
  }

  private static int cut(byte[] data, Random random) {
    return random.nextInt(data.length);
  }

  private static void change(byte[] data, int within, Random random) {
    for (int i = 0; i <= random.nextInt(3); i++) {
      int at = random.nextInt(within - 4);
      switch (random.nextInt(4)) {
        case 0 -> data[at] = (byte) random.nextInt();
        case 1 -> data[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> ByteBuffer.wrap(data).putInt(at, random.nextInt(64));
        default -> ByteBuffer.wrap(data).putInt(at, random.nextBoolean() ? -1 : Integer.MAX_VALUE);
      }
    }
  }

  private static void tolerate(Runnable call) {
    try {
      call.run();
    } catch (VmsException e) {
      assertThat(e.kind()).isIn(ErrorKind.DATA_LOSS, ErrorKind.UNSUPPORTED);
    }
  }
}
