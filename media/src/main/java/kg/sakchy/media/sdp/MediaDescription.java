package kg.sakchy.media.sdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One {@code m=} section (RFC 8866 §5.14).
 *
 * @param type {@code video}, {@code audio}, {@code application}...; lower case
 * @param port usually 0 in RTSP
 * @param protocol {@code RTP/AVP} as a rule
 * @param payloadTypes of the {@code m=} line in its order; formats that are no RTP payload type are
 *     left out
 * @param connection what follows {@code c=}, for example {@code IN IP4 0.0.0.0}, or null
 * @param attributes the {@code a=} lines in their order
 */
public record MediaDescription(
    String type,
    int port,
    String protocol,
    List<Integer> payloadTypes,
    @Nullable String connection,
    List<SdpAttribute> attributes) {
  public MediaDescription {
    payloadTypes = List.copyOf(payloadTypes);
    attributes = List.copyOf(attributes);
  }

  /**
   * A section with one payload type, as an RTSP server describes a track.
   *
   * @param fmtp format parameters as in {@code packetization-mode=1;profile-level-id=42C01E}, or
   *     empty for none
   * @param control address of the track, relative as a rule
   */
  public static MediaDescription ofTrack(String type, RtpMap map, String fmtp, String control) {
    List<SdpAttribute> attributes = new ArrayList<>();
    attributes.add(new SdpAttribute("rtpmap", map.format()));
    if (!fmtp.isEmpty()) {
      attributes.add(new SdpAttribute("fmtp", map.payloadType() + " " + fmtp));
    }
    attributes.add(new SdpAttribute("control", control));
    return new MediaDescription(type, 0, "RTP/AVP", List.of(map.payloadType()), null, attributes);
  }

  /** Whether the section describes RTP, which is all that RTSP cameras stream. */
  public boolean isRtp() {
    return protocol.toUpperCase(Locale.ROOT).startsWith("RTP/") && !payloadTypes.isEmpty();
  }

  /** Value of the first attribute of that name (any case), or null. */
  public @Nullable String attribute(String name) {
    for (SdpAttribute attribute : attributes) {
      if (attribute.name().equalsIgnoreCase(name)) {
        return attribute.value();
      }
    }
    return null;
  }

  /** Meaning of the first payload type, from {@code a=rtpmap} or the static table. */
  public Optional<RtpMap> rtpmap() {
    return payloadTypes.isEmpty() ? Optional.empty() : rtpmap(payloadTypes.getFirst());
  }

  /** Meaning of a payload type, from {@code a=rtpmap} or the static table. */
  public Optional<RtpMap> rtpmap(int payloadType) {
    for (SdpAttribute attribute : attributes) {
      if (attribute.name().equalsIgnoreCase("rtpmap")) {
        Optional<RtpMap> map = RtpMap.parse(attribute.value());
        if (map.isPresent() && map.get().payloadType() == payloadType) {
          return map;
        }
      }
    }
    return RtpMap.ofStaticType(payloadType);
  }

  /** Format parameters of the first payload type; see {@link #fmtp(int)}. */
  public Map<String, String> fmtp() {
    return payloadTypes.isEmpty() ? Map.of() : fmtp(payloadTypes.getFirst());
  }

  /**
   * Format parameters of a payload type ({@code a=fmtp}, RFC 8866 §6.15).
   *
   * <p>Keys are lower case; a key without a value maps to the empty string; of a repeated key the
   * first counts. Values keep their case and their {@code =} signs (Base64). Tolerated: spaces
   * around separators, a missing or doubled semicolon at the end.
   */
  public Map<String, String> fmtp(int payloadType) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (SdpAttribute attribute : attributes) {
      if (attribute.name().equalsIgnoreCase("fmtp")) {
        String[] parts = attribute.value().strip().split("\\s+", 2);
        if (parts.length == 2 && SdpText.number(parts[0], 127) == payloadType) {
          addParameters(parts[1], parameters);
        }
      }
    }
    return parameters;
  }

  private static void addParameters(String text, Map<String, String> parameters) {
    for (String parameter : text.split(";", -1)) {
      int equals = parameter.indexOf('=');
      String key = (equals < 0 ? parameter : parameter.substring(0, equals)).strip();
      String value = equals < 0 ? "" : parameter.substring(equals + 1).strip();
      if (!key.isEmpty()) {
        parameters.putIfAbsent(key.toLowerCase(Locale.ROOT), value);
      }
    }
  }

  /** Address of the track as the sender wrote it, or null; see {@link SessionDescription}. */
  public @Nullable String control() {
    return attribute("control");
  }

  void format(StringBuilder out) {
    out.append("m=").append(type).append(' ').append(port).append(' ').append(protocol);
    payloadTypes.forEach(payloadType -> out.append(' ').append(payloadType));
    out.append("\r\n");
    if (connection != null) {
      out.append("c=").append(connection).append("\r\n");
    }
    attributes.forEach(a -> out.append("a=").append(a.format()).append("\r\n"));
  }
}
