package kg.sakchy.web.hls;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import kg.sakchy.core.unit.Bytes;
import kg.sakchy.media.hls.MediaPlaylist;
import kg.sakchy.media.mp4.Fragment;
import kg.sakchy.web.http.Answer;

/** Answers with the headers HLS wants. */
final class HlsAnswers {
  /** Media under a name never changes; who may see it may keep it for as long as it is useful. */
  static final Map<String, String> MEDIA_HEADERS =
      Map.of("Content-Type", "video/mp4", "Cache-Control", "private, max-age=3600, immutable");

  private HlsAnswers() {}

  /** A playlist, which is never kept (§6.2.5.2). */
  static Answer playlist(Buffer text) {
    return Answer.of(200, MediaPlaylist.MEDIA_TYPE, Map.of("Cache-Control", "no-cache"), text);
  }

  /** Fragments one after another. */
  static Answer media(List<Fragment> fragments) {
    Buffer body = Buffer.buffer(fragments.stream().mapToInt(Fragment::sizeBytes).sum());
    fragments.forEach(fragment -> fragment.pieces().forEach(body::appendBytes));
    return new Answer.Content(200, MEDIA_HEADERS, body);
  }

  /** An init segment. */
  static Answer init(Bytes init) {
    return new Answer.Content(200, MEDIA_HEADERS, Buffer.buffer(init.toByteArray()));
  }
}
