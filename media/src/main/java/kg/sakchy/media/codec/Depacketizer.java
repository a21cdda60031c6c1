package kg.sakchy.media.codec;

import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.media.rtp.RtpPacket;

/**
 * Turns the RTP packets of one track into samples.
 *
 * <p>In: packets in the order of their sequence numbers, each once; a hole is announced with {@code
 * lostBefore}, never guessed here. Out: whole samples in decoding order. A sample that lost a
 * packet, or whose packets contradict the codec's payload format, is dropped, and {@link
 * Output#lost} is called before the sample that follows it. Nothing malformed is thrown: a camera's
 * faults are losses.
 *
 * <p>A run of video begins with a key frame: what comes before the first one, and pictures shown
 * before it, are not delivered and not counted as lost, because no decoder could show them.
 *
 * <p>Time: ticks of the track's RTP clock, unwrapped to 64 bits. Buffers: the packet is only read
 * during the call; sample arrays are new and belong to whoever gets them. Threads: confined to one.
 */
public interface Depacketizer {
  /**
   * Takes one packet.
   *
   * @param ticks RTP time of the packet, unwrapped to 64 bits
   * @param lostBefore packets missing directly before this one, as a rule 0
   */
  void push(RtpPacket packet, long ticks, int lostBefore, Output out);

  /** Delivers or drops what is unfinished; for the end of a connection. */
  void flush(Output out);

  /** Takes what a depacketizer makes. Calls come from within {@link #push} and {@link #flush}. */
  interface Output {
    /**
     * A run begins: called before the first sample, and again before the first sample that needs
     * another configuration, or whose times do not continue the ones before (then with an equal
     * format).
     */
    void format(TrackFormat format);

    /**
     * One sample.
     *
     * @param pts presentation time
     * @param dts decoding time, at most {@code pts}, strictly rising within a run
     * @param keyFrame whether decoding can begin here
     * @param data see {@link kg.sakchy.core.stream.AccessUnit#data()}
     */
    void sample(long pts, long dts, boolean keyFrame, byte[] data);

    /**
     * Media is missing at this point.
     *
     * @param packets RTP packets missing or thrown away, 1 or more
     * @param reason in words, for people
     */
    void lost(long packets, String reason);
  }
}
