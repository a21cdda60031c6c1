package kg.sakchy.media.codec.aac;

/**
 * Sizes in bits of the fields of an AU header (RFC 3640 §3.2.1 and §4.1); 0 means absent.
 *
 * <pre>
 * |AU-size|AU-Index / AU-Index-delta|CTS-flag CTS-delta|DTS-flag DTS-delta|RAP-flag|Stream-state|
 * </pre>
 *
 * @param size of AU-size, 1 or more
 * @param index of AU-Index, in the first header of a packet
 * @param indexDelta of AU-Index-delta, in the others
 * @param ctsDelta of CTS-delta behind its flag
 * @param dtsDelta of DTS-delta behind its flag
 * @param randomAccess of the RAP-flag, 0 or 1
 * @param streamState of Stream-state
 * @param auxiliarySize of the size of the auxiliary section
 */
public record AacHeaderLayout(
    int size,
    int index,
    int indexDelta,
    int ctsDelta,
    int dtsDelta,
    int randomAccess,
    int streamState,
    int auxiliarySize) {
  /** AAC-hbr (RFC 3640 §3.3.6), which every camera uses. */
  public static final AacHeaderLayout HIGH_BIT_RATE = new AacHeaderLayout(13, 3, 3, 0, 0, 0, 0, 0);

  /** AAC-lbr (§3.3.5). */
  public static final AacHeaderLayout LOW_BIT_RATE = new AacHeaderLayout(6, 2, 2, 0, 0, 0, 0, 0);

  private static final int MAX_BITS = 31;

  public AacHeaderLayout {
    if (size < 1 || size > MAX_BITS) {
      throw new IllegalArgumentException("sizelength " + size);
    }
    for (int bits : new int[] {index, indexDelta, ctsDelta, dtsDelta, streamState, auxiliarySize}) {
      if (bits < 0 || bits > MAX_BITS) {
        throw new IllegalArgumentException("a field of " + bits + " bits");
      }
    }
    if (randomAccess < 0 || randomAccess > 1) {
      throw new IllegalArgumentException("randomaccessindication " + randomAccess);
    }
  }
}
