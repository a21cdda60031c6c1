package kg.sakchy.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.stream.Codec;
import org.junit.jupiter.api.Test;

class ClientMessageReaderTest {
  @FuzzTest
  void aMessageIsReadWholeOrRefused(byte[] data) {
    JsonObject message;
    try {
      message = new JsonObject(new String(data, StandardCharsets.UTF_8));
    } catch (DecodeException e) {
      return;
    }
    try {
      switch (new ClientMessageReader().read(message)) {
        case ClientMessage.Play(Wish wish) -> assertThat(wish.speed()).isBetween(0.25, 16.0);
        case ClientMessage.Position position -> assertThat(position.ticks()).isNotNegative();
      }
    } catch (VmsException e) {
      assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_ARGUMENT);
    }
  }

  @Test
  void codecsAreNamedByTheirFirstPart() {
    assertThat(CodecNames.codec("avc1.64001f")).contains(Codec.H264);
    assertThat(CodecNames.codec("hev1.1.6.L93.B0")).contains(Codec.H265);
    assertThat(CodecNames.codec("Opus")).contains(Codec.OPUS);
    assertThat(CodecNames.codec("mp4a.40.2")).contains(Codec.AAC);
    assertThat(CodecNames.codec("av01.0.04M.08")).isEmpty();
    assertThat(CodecNames.codec("")).isEmpty();
  }
}
