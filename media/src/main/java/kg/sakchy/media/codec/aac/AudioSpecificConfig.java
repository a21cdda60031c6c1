package kg.sakchy.media.codec.aac;

import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.codec.BitReader;

/**
 * The beginning of an AudioSpecificConfig (ISO/IEC 14496-3 §1.6.2.1).
 *
 * @param objectType as announced first: 2 is AAC-LC, 5 HE-AAC, 29 HE-AAC v2
 * @param sampleRate of the core coder in Hz; with HE-AAC the sound has twice as much
 * @param channels 1 to 8, or 0 if only the stream itself says it
 * @param frameSamples samples of the core coder in a frame: 1024 as a rule
 */
public record AudioSpecificConfig(int objectType, int sampleRate, int channels, int frameSamples) {
  private static final int[] RATES = {
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350
  };
  private static final int SBR = 5;
  private static final int PARAMETRIC_STEREO = 29;
  private static final int AAC_LD = 23;
  private static final int AAC_ELD = 39;

  /**
   * Reads a configuration.
   *
   * @throws VmsException DATA_LOSS if it is malformed
   */
  public static AudioSpecificConfig parse(Bytes config) {
    BitReader in = new BitReader(config.toByteArray());
    int objectType = objectType(in);
    int sampleRate = sampleRate(in);
    int channelCode = in.intBits(4);
    int core = objectType;
    if (objectType == SBR || objectType == PARAMETRIC_STEREO) {
      sampleRate(in); // of the extension
      core = objectType(in);
    }
    boolean shortFrames = in.flag();
    int longFrame = core == AAC_LD || core == AAC_ELD ? 512 : 1024;
    int shortFrame = core == AAC_LD || core == AAC_ELD ? 480 : 960;
    if (channelCode > 7) {
      throw new VmsException(ErrorKind.DATA_LOSS, "channel configuration " + channelCode);
    }
    return new AudioSpecificConfig(
        objectType,
        sampleRate,
        channelCode == 7 ? 8 : channelCode,
        shortFrames ? shortFrame : longFrame);
  }

  /** The two bytes of AAC-LC with frames of 1024 samples; empty if the rate is not in the table. */
  public static Bytes ofLowComplexity(int sampleRate, int channels) {
    for (int i = 0; i < RATES.length; i++) {
      if (RATES[i] == sampleRate && channels >= 1 && channels <= 6) {
        int bits = 2 << 11 | i << 7 | channels << 3;
        return Bytes.copyOf(new byte[] {(byte) (bits >> 8), (byte) bits});
      }
    }
    return Bytes.EMPTY;
  }

  /** RFC 6381 string, for example {@code mp4a.40.2}. */
  public String codecString() {
    return "mp4a.40." + objectType;
  }

  private static int objectType(BitReader in) {
    int type = in.intBits(5);
    return type == 31 ? 32 + in.intBits(6) : type;
  }

  private static int sampleRate(BitReader in) {
    int index = in.intBits(4);
    int rate = index == 15 ? in.intBits(24) : index < RATES.length ? RATES[index] : 0;
    if (rate == 0) {
      throw new VmsException(ErrorKind.DATA_LOSS, "sampling frequency index " + index);
    }
    return rate;
  }
}
