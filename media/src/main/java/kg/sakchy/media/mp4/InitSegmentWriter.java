package kg.sakchy.media.mp4;

import java.util.List;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.Codec;
import kg.sakchy.core.stream.TrackFormat;

/**
 * Writes the {@code ftyp} and {@code moov} boxes that fragments of {@link FragmentWriter} follow
 * (ISO/IEC 14496-12 §4.3, §8.2.1, §8.8): tracks with their sample entries, and no samples.
 *
 * <pre>
 * ftyp | moov { mvhd, trak { tkhd, mdia { mdhd, hdlr, minf { vmhd or smhd, dinf, stbl } } }, ..., mvex { trex, ... } }
 * </pre>
 *
 * <p>The id of a track is its place in the list, from 1; its timescale is {@link
 * TrackFormat#clockRate()}, so that ticks of the camera are ticks of the file.
 *
 * <p>Threads: any; nothing is kept.
 */
public final class InitSegmentWriter {
  /** Ticks per second of the movie, of which nothing here is told. */
  private static final int MOVIE_TIMESCALE = 1_000;

  /** {@code tkhd}: enabled, in the movie. */
  private static final int TRACK_FLAGS = 0x3;

  /** {@code url }: the media is in this file. */
  private static final int SELF_CONTAINED = 0x1;

  /** ISO 639-2/T {@code und} in three times five bits. */
  private static final int UNDETERMINED = 0x55C4;

  /** 1.0 as 16.16. */
  private static final int ONE = 0x1_0000;

  /** The unity matrix of §8.2.2: 16.16, the last column 2.30. */
  private static final int[] MATRIX = {ONE, 0, 0, 0, ONE, 0, 0, 0, 0x4000_0000};

  private InitSegmentWriter() {}

  /** Whether samples of a codec can stand in a file as they are. */
  public static boolean carries(Codec codec) {
    return switch (codec) {
      case H264, H265, MJPEG, AAC, OPUS -> true;
      case G711_ALAW, G711_ULAW, ONVIF_METADATA -> false;
    };
  }

  /**
   * Writes both boxes.
   *
   * @param tracks in the order of the tracks of {@link FragmentWriter}; codecs that {@link
   *     #carries} names
   * @throws VmsException UNSUPPORTED for another codec, INVALID_ARGUMENT when a track's
   *     configuration is missing or malformed
   */
  public static byte[] write(List<TrackFormat> tracks) {
    tracks.forEach(CodecConfiguration::check);
    return new BoxWriter(1_024)
        .box(BoxType.FTYP, InitSegmentWriter::fileType)
        .box(
            BoxType.MOOV,
            moov -> {
              moov.fullBox(BoxType.MVHD, 0, 0, mvhd -> movieHeader(mvhd, tracks.size()));
              for (int i = 0; i < tracks.size(); i++) {
                track(moov, i + 1, tracks.get(i));
              }
              moov.box(BoxType.MVEX, mvex -> defaults(mvex, tracks.size()));
            })
        .toByteArray();
  }

  private static void fileType(BoxWriter ftyp) {
    ftyp.text("iso5").u32(0x200).text("iso5").text("iso6").text("mp41");
  }

  private static void movieHeader(BoxWriter mvhd, int tracks) {
    mvhd.u32(0).u32(0).u32(MOVIE_TIMESCALE).u32(0).u32(ONE).u16(0x100).zeros(10);
    matrix(mvhd);
    mvhd.zeros(24).u32(tracks + 1L);
  }

  private static void matrix(BoxWriter box) {
    for (int value : MATRIX) {
      box.u32(value);
    }
  }

  private static void track(BoxWriter moov, int id, TrackFormat format) {
    moov.box(
        BoxType.TRAK,
        trak ->
            trak.fullBox(BoxType.TKHD, 0, TRACK_FLAGS, tkhd -> trackHeader(tkhd, id, format))
                .box(
                    BoxType.MDIA,
                    mdia ->
                        mdia.fullBox(BoxType.MDHD, 0, 0, mdhd -> mediaHeader(mdhd, format))
                            .fullBox(BoxType.HDLR, 0, 0, hdlr -> handler(hdlr, format))
                            .box(BoxType.MINF, minf -> mediaInformation(minf, format))));
  }

  private static void trackHeader(BoxWriter tkhd, int id, TrackFormat format) {
    int volume = format instanceof TrackFormat.Audio ? 0x100 : 0;
    tkhd.u32(0).u32(0).u32(id).zeros(4).u32(0).zeros(8).u16(0).u16(0).u16(volume).zeros(2);
    matrix(tkhd);
    if (format instanceof TrackFormat.Video video) {
      tkhd.u32((long) video.width() << 16).u32((long) video.height() << 16);
    } else {
      tkhd.zeros(8);
    }
  }

  private static void mediaHeader(BoxWriter mdhd, TrackFormat format) {
    mdhd.u32(0).u32(0).u32(format.clockRate()).u32(0).u16(UNDETERMINED).zeros(2);
  }

  private static void handler(BoxWriter hdlr, TrackFormat format) {
    int type = format instanceof TrackFormat.Video ? BoxType.VIDE : BoxType.SOUN;
    hdlr.zeros(4).u32(type).zeros(12).text("Sakchy").u8(0);
  }

  private static void mediaInformation(BoxWriter minf, TrackFormat format) {
    if (format instanceof TrackFormat.Video) {
      minf.fullBox(BoxType.VMHD, 0, 1, vmhd -> vmhd.zeros(8));
    } else {
      minf.fullBox(BoxType.SMHD, 0, 0, smhd -> smhd.zeros(4));
    }
    minf.box(
            BoxType.DINF,
            dinf ->
                dinf.fullBox(
                    BoxType.DREF,
                    0,
                    0,
                    dref -> dref.u32(1).fullBox(BoxType.URL, 0, SELF_CONTAINED, url -> {})))
        .box(BoxType.STBL, stbl -> sampleTable(stbl, format));
  }

  private static void sampleTable(BoxWriter stbl, TrackFormat format) {
    stbl.fullBox(BoxType.STSD, 0, 0, stsd -> SampleEntryWriter.write(stsd.u32(1), format))
        .fullBox(BoxType.STTS, 0, 0, stts -> stts.u32(0))
        .fullBox(BoxType.STSC, 0, 0, stsc -> stsc.u32(0))
        .fullBox(BoxType.STSZ, 0, 0, stsz -> stsz.u32(0).u32(0))
        .fullBox(BoxType.STCO, 0, 0, stco -> stco.u32(0));
  }

  private static void defaults(BoxWriter mvex, int tracks) {
    for (int track = 1; track <= tracks; track++) {
      int id = track;
      mvex.fullBox(BoxType.TREX, 0, 0, trex -> trex.u32(id).u32(1).u32(0).u32(0).u32(0));
    }
  }
}
