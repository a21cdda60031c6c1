package kg.sakchy.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FragmentSamplesTest {
  @ParameterizedTest
  @EnumSource(names = {"RUN_H264_AAC", "RUN_H264_BFRAMES_AAC", "RUN_H265", "OTHER_EVERY_FRAME"})
  void samplesAreThoseThatFfprobeReads(GoldenFile file) throws Exception {
    byte[] bytes = file.bytes();
    SegmentScan scan = RecordedRun.scan(bytes);
    List<ProbedPacket> probed = ProbedPacket.all(file.path());
    for (int stream = 0; stream < scan.init().tracks().size(); stream++) {
      int track = scan.init().tracks().get(stream).id();
      List<ProbedPacket> expected = ProbedPacket.ofStream(probed, stream);
      List<ProbedPacket> actual = new ArrayList<>();
      for (SegmentScan.Part part : scan.parts()) {
        ByteBuffer whole = ByteBuffer.wrap(bytes, (int) part.offset(), part.sizeBytes()).slice();
        for (FragmentSample sample : FragmentSamples.list(whole, scan.init())) {
          if (sample.track() == track) {
            actual.add(packet(stream, sample, FragmentSamples.data(whole, sample)));
          }
        }
      }
      // ffprobe applies the edit list, which moves all times of a stream alike.
      long moved = expected.getFirst().pts() - actual.getFirst().pts();
      boolean sound = scan.init().tracks().get(stream).kind() == InitTrack.Kind.AUDIO;
      UnaryOperator<ProbedPacket> compared =
          packet -> {
            ProbedPacket known = sound ? packet.withoutDuration() : packet;
            // ... and where composition offsets are negative, it moves decode times before them.
            return file == GoldenFile.OTHER_EVERY_FRAME ? known.withoutDts() : known;
          };
      assertThat(actual.stream().map(packet -> compared.apply(packet.later(moved))))
          .containsExactlyElementsOf(expected.stream().map(compared).toList());
    }
  }

  private static ProbedPacket packet(int stream, FragmentSample sample, byte[] data) {
    return new ProbedPacket(
        stream,
        sample.pts(),
        sample.dts(),
        sample.duration(),
        sample.keyFrame(),
        sample.sizeBytes(),
        ProbedPacket.md5(data));
  }

  @Test
  void theKeyFrameNeedsOnlyItsOwnBytes() {
    byte[] bytes = GoldenFile.RUN_H264_AAC.bytes();
    SegmentScan scan = RecordedRun.scan(bytes);
    SegmentScan.Part part = scan.parts().getFirst();
    ByteBuffer whole = ByteBuffer.wrap(bytes, (int) part.offset(), part.sizeBytes());
    byte[] keyFrame = FragmentSamples.keyFrame(whole, scan.init());
    FragmentSample first = FragmentSamples.list(whole, scan.init()).getFirst();
    assertThat(keyFrame).hasSize(first.sizeBytes());

    int needed = (int) first.offset() + first.sizeBytes();
    ByteBuffer enough = ByteBuffer.wrap(bytes, (int) part.offset(), needed);
    assertThat(FragmentSamples.keyFrame(enough, scan.init())).isEqualTo(keyFrame);
    ByteBuffer tooLittle = ByteBuffer.wrap(bytes, (int) part.offset(), needed - 1);
    assertDataLoss(() -> FragmentSamples.keyFrame(tooLittle, scan.init()));
  }

  @Test
  void aPartThatBeginsInMidGroupHasNoKeyFrame() {
    byte[] bytes = GoldenFile.RUN_H264_AAC.bytes();
    SegmentScan scan = RecordedRun.scan(bytes);
    SegmentScan.Part second = scan.parts().get(1);
    ByteBuffer part = ByteBuffer.wrap(bytes, (int) second.offset(), second.sizeBytes());
    assertDataLoss(() -> FragmentSamples.keyFrame(part, scan.init()));
  }

  @Test
  void everythingMayComeFromDefaults() {
    InitSegment init = GoldenFile.RUN_H265.init();
    byte[] moof =
        new BoxWriter()
            .box(
                BoxType.MOOF,
                box ->
                    box.box(
                        BoxType.TRAF,
                        traf -> {
                          // Duration, size and flags of samples; the base is the moof.
                          traf.fullBox(
                              BoxType.TFHD,
                              0,
                              0x2_0038,
                              tfhd -> tfhd.u32(1).u32(3_000).u32(5).u32(0x0101_0000));
                          traf.fullBox(BoxType.TFDT, 0, 0, tfdt -> tfdt.u32(0xFFFF_FFF0L));
                          // A run that gives its data offset and the flags of its first sample.
                          traf.fullBox(
                              BoxType.TRUN, 0, 0x005, trun -> trun.u32(2).u32(100).u32(0x200_0000));
                          // One that goes on, with signed composition offsets.
                          traf.fullBox(BoxType.TRUN, 1, 0x800, trun -> trun.u32(1).u32(-7));
                        }))
            .toByteArray();
    assertThat(FragmentSamples.list(ByteBuffer.wrap(moof), init))
        .containsExactly(
            new FragmentSample(1, 4_294_967_280L, 4_294_967_280L, 3_000, true, 100, 5),
            new FragmentSample(1, 4_294_970_280L, 4_294_970_280L, 3_000, false, 105, 5),
            new FragmentSample(1, 4_294_973_273L, 4_294_973_280L, 3_000, false, 110, 5));
  }

  @Test
  void hostileCountsAndTracksAreDataLoss() {
    InitSegment init = GoldenFile.RUN_H265.init();
    assertDataLoss(() -> FragmentSamples.list(fragment(1, 0x001, 2_000_000_000), init));
    assertDataLoss(() -> FragmentSamples.list(fragment(1, 0x200, 2_000_000_000), init));
    assertDataLoss(() -> FragmentSamples.list(fragment(9, 0x001, 1), init));
    assertDataLoss(() -> FragmentSamples.list(ByteBuffer.allocate(0), init));
  }

  private static ByteBuffer fragment(int track, int runFlags, int samples) {
    return ByteBuffer.wrap(
        new BoxWriter()
            .box(
                BoxType.MOOF,
                box ->
                    box.box(
                        BoxType.TRAF,
                        traf ->
                            traf.fullBox(BoxType.TFHD, 0, 0x2_0000, tfhd -> tfhd.u32(track))
                                .fullBox(
                                    BoxType.TRUN, 0, runFlags, trun -> trun.u32(samples).u32(100))))
            .toByteArray());
  }

  private static void assertDataLoss(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            VmsException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATA_LOSS));
  }
}
