package kg.sakchy.core.stream;

import kg.sakchy.core.unit.Bytes;

/**
 * What one track carries, known well enough to mux it. Two equal formats can share an MP4 sample
 * entry.
 */
public sealed interface TrackFormat {
  Codec codec();

  /** Ticks per second of {@link AccessUnit#pts()} and {@link AccessUnit#dts()}. */
  int clockRate();

  /**
   * The codec's configuration as its MP4 sample entry holds it, without the box header: {@code
   * avcC} (ISO/IEC 14496-15 §5.3.3.1), {@code hvcC} (§8.3.3.1), AudioSpecificConfig (ISO/IEC
   * 14496-3 §1.6.2.1), {@code dOps} for Opus; empty for the others.
   */
  Bytes config();

  /**
   * Pictures.
   *
   * @param codec a codec of kind VIDEO
   * @param clockRate 90000 for every RTP video payload
   * @param config see {@link TrackFormat#config()}
   * @param width luma samples, after cropping
   * @param height luma samples, after cropping
   * @param codecString RFC 6381 string, for example {@code avc1.64001f} or {@code hvc1.1.6.L93.B0}
   */
  record Video(Codec codec, int clockRate, Bytes config, int width, int height, String codecString)
      implements TrackFormat {}

  /**
   * Sound.
   *
   * @param codec a codec of kind AUDIO
   * @param clockRate RTP clock rate; the sample rate for AAC and G.711, 48000 for Opus
   * @param config see {@link TrackFormat#config()}
   * @param channels 1 or more
   * @param codecString RFC 6381 string, for example {@code mp4a.40.2}
   */
  record Audio(Codec codec, int clockRate, Bytes config, int channels, String codecString)
      implements TrackFormat {}

  /** ONVIF metadata documents; never muxed, passed through to who asks. */
  record Metadata(Codec codec, int clockRate, Bytes config) implements TrackFormat {}
}
