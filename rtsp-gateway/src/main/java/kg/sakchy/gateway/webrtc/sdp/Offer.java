package kg.sakchy.gateway.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.gateway.webrtc.dtls.Fingerprint;
import kg.sakchy.media.sdp.MediaDescription;
import kg.sakchy.media.sdp.SdpAttribute;
import kg.sakchy.media.sdp.SessionDescription;
import org.jspecify.annotations.Nullable;

/**
 * What a player asks for: sections to fill, and how to reach and recognise it. Its candidates are
 * not read, mDNS names or not: as a lite agent we only answer.
 *
 * @param sections in their order; the answer has the same
 * @param ufrag the peer's ice-ufrag
 * @param fingerprint of its certificate
 */
public record Offer(List<MediaDescription> sections, String ufrag, Fingerprint fingerprint) {
  /** A page that only watches sends a few thousand characters. */
  public static final int MAX_CHARS = 64 * 1024;

  private static final int MAX_SECTIONS = 8;
  private static final Pattern UFRAG = Pattern.compile("[A-Za-z0-9+/]{4,256}");
  private static final Pattern MID = Pattern.compile("[!-~]{1,32}");
  private static final Set<String> MEDIA = Set.of("audio", "video");

  public Offer {
    sections = List.copyOf(sections);
  }

  /**
   * Reads an offer.
   *
   * @throws VmsException INVALID_ARGUMENT with the reason when it is no offer of a player, or
   *     UNSUPPORTED when it wants what is not done here
   */
  public static Offer parse(String text) {
    if (text.length() > MAX_CHARS || !text.startsWith("v=0")) {
      throw invalid("not a session description");
    }
    SessionDescription description = parsed(text);
    List<MediaDescription> sections = description.media();
    if (sections.isEmpty() || sections.size() > MAX_SECTIONS) {
      throw invalid("it has " + sections.size() + " media sections");
    }
    sections.forEach(Offer::check);
    checkBundle(description);
    MediaDescription first = sections.getFirst();
    String ufrag = value(description, first, "ice-ufrag");
    if (ufrag == null || !UFRAG.matcher(ufrag).matches()) {
      throw invalid("it has no ice-ufrag");
    }
    if (description.attribute("ice-lite") != null) {
      throw new VmsException(ErrorKind.UNSUPPORTED, "both sides are ICE-lite: nobody would check");
    }
    if ("passive".equals(value(description, first, "setup"))) {
      throw new VmsException(ErrorKind.UNSUPPORTED, "the offer must take the active part in DTLS");
    }
    return new Offer(sections, ufrag, fingerprint(description, first));
  }

  private static SessionDescription parsed(String text) {
    try {
      return SessionDescription.parse(text);
    } catch (VmsException e) {
      throw new VmsException(ErrorKind.INVALID_ARGUMENT, "the offer is too large", e);
    }
  }

  private static void check(MediaDescription section) {
    String mid = section.attribute("mid");
    if (mid == null || !MID.matcher(mid).matches()) {
      throw invalid("a media section has no mid");
    }
    if (!MEDIA.contains(section.type()) || section.payloadTypes().isEmpty()) {
      throw new VmsException(
          ErrorKind.UNSUPPORTED, "only pictures and sound are sent; leave out other sections");
    }
  }

  /** All sections share one connection, and their names tell them apart. */
  private static void checkBundle(SessionDescription description) {
    List<String> mids =
        description.media().stream().map(section -> section.attribute("mid")).distinct().toList();
    if (mids.size() != description.media().size()) {
      throw invalid("two media sections have the same mid");
    }
    String group = description.attribute("group");
    if (mids.size() > 1 && (group == null || !List.of(group.split("\\s+", -1)).containsAll(mids))) {
      throw new VmsException(ErrorKind.UNSUPPORTED, "the offer must bundle its media sections");
    }
  }

  private static Fingerprint fingerprint(SessionDescription description, MediaDescription section) {
    List<SdpAttribute> all = new ArrayList<>(section.attributes());
    all.addAll(description.attributes());
    return all.stream()
        .filter(attribute -> attribute.name().equalsIgnoreCase("fingerprint"))
        .map(attribute -> Fingerprint.parse(attribute.value()))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() -> invalid("it has no fingerprint of SHA-256 or longer"));
  }

  private static @Nullable String value(
      SessionDescription description, MediaDescription section, String name) {
    String own = section.attribute(name);
    return own == null ? description.attribute(name) : own;
  }

  private static VmsException invalid(String why) {
    return new VmsException(ErrorKind.INVALID_ARGUMENT, "the offer cannot be answered: " + why);
  }

  /**
   * The first section that can take a camera's pictures.
   *
   * @param profileLevelId of the camera's H.264, six hexadecimal digits
   */
  public Optional<ChosenTrack> video(String profileLevelId) {
    return watched("video")
        .flatMap(s -> OfferedVideo.choose(s, profileLevelId).stream())
        .findFirst();
  }

  /** The first section that can take a camera's sound. */
  public Optional<ChosenTrack> audio(TrackFormat.Audio sound) {
    return watched("audio").flatMap(s -> OfferedAudio.choose(s, sound).stream()).findFirst();
  }

  /** Sections in which the player receives, over the one connection. */
  private Stream<MediaDescription> watched(String type) {
    return sections.stream()
        .filter(section -> section.type().equals(type))
        .filter(section -> section.attribute("rtcp-mux") != null)
        .filter(
            section ->
                section.attribute("sendonly") == null && section.attribute("inactive") == null);
  }
}
