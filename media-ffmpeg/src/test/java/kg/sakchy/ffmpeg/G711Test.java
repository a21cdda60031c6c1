package kg.sakchy.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import kg.sakchy.core.stream.Codec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class G711Test {
  @TempDir Path directory;

  @Test
  void everyOctetMeansWhatFfmpegsDecoderSays() throws Exception {
    assertTable(Codec.G711_ALAW, "alaw");
    assertTable(Codec.G711_ULAW, "mulaw");
  }

  private void assertTable(Codec codec, String format) throws Exception {
    byte[] octets = new byte[256];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) i;
    }
    Path file = Files.write(directory.resolve(format), octets);
    ByteBuffer expected =
        ByteBuffer.wrap(
                Tools.run(
                    FfmpegProgram.path(),
                    "-v",
                    "error",
                    "-f",
                    format,
                    "-ar",
                    "8000",
                    "-i",
                    file.toString(),
                    "-f",
                    "s16le",
                    "-"))
            .order(ByteOrder.LITTLE_ENDIAN);
    G711 law = G711.of(codec);
    for (byte octet : octets) {
      assertThat(law.sample(octet) * 32_768).isEqualTo(expected.getShort());
    }
  }
}
