package kg.sakchy.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kg.sakchy.core.ExternalTool;
import kg.sakchy.core.camera.Credentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** FFmpeg, which shares no code with us, sees the clip that the camera plays. */
class FfmpegPeerTest {
  private static final int FRAMES = 60;

  private SimServer server;

  @BeforeEach
  void startServer() {
    server = SimServer.start(SimOptions.DEFAULTS);
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp"})
  void seesEveryPictureOfTheClip(String transport) throws Exception {
    SimCamera camera = server.addCamera("cam", ClipMedia.open(TestClips.scene()));
    List<String> live = pictures("-rtsp_transport", transport, "-i", address("cam"));
    List<String> clip = pictures("-i", TestClips.scene().toString());
    assertThat(live).hasSize(FRAMES).isEqualTo(clip);
    assertThat(camera.samplesDropped()).isZero();
    assertThat(camera.teardowns()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp"})
  void hearsTheSoundToo(String transport) throws Exception {
    server.addCamera("cam", ClipMedia.open(TestClips.scene()));
    assertThat(probe("-rtsp_transport", transport, address("cam")))
        .contains("h264,320,180")
        .contains("aac,16000");
  }

  @Test
  void readsH265() throws Exception {
    server.addCamera("cam", ClipMedia.open(TestClips.h265()));
    assertThat(probe("-rtsp_transport", "tcp", address("cam"))).contains("hevc,320,180");
  }

  @Test
  void findsParameterSetsInBand() throws Exception {
    server.addCamera(
        "cam",
        ClipMedia.open(TestClips.scene()).options(ClipOptions.DEFAULTS.withParameterSetsInBand()),
        new SimFaults().withoutParameterSets(true));
    assertThat(probe("-rtsp_transport", "tcp", address("cam"))).contains("h264,320,180");
  }

  @ParameterizedTest
  @EnumSource(names = {"BASIC", "DIGEST_MD5"})
  void logsIn(SimAccess.Scheme scheme) throws Exception {
    server
        .addCamera("cam", ClipMedia.open(TestClips.scene()))
        .protect(new SimAccess(scheme, new Credentials("admin", "correct")));
    String address = address("cam").replace("rtsp://", "rtsp://admin:correct@");
    assertThat(probe("-rtsp_transport", "tcp", address)).contains("h264,320,180");
  }

  @Test
  void speaksTls() throws Exception {
    ExternalTool.require("ffprobe");
    try (SimServer secure = SimServer.start(SimOptions.DEFAULTS.withTls())) {
      secure.addCamera("cam", ClipMedia.open(TestClips.scene()));
      assertThat(probe("-rtsp_transport", "tcp", secure.uri("cam").toString()))
          .contains("h264,320,180");
    }
  }

  private String address(String path) {
    return server.uri(path).toString();
  }

  /** A hash of each decoded picture. */
  private static List<String> pictures(String... input) throws Exception {
    String[] arguments = new String[input.length + 11];
    arguments[0] = "-v";
    arguments[1] = "error";
    System.arraycopy(input, 0, arguments, 2, input.length);
    List<String> output =
        List.of(
            "-map",
            "0:v",
            "-fps_mode",
            "passthrough",
            "-frames:v",
            "" + FRAMES,
            "-f",
            "framemd5",
            "-");
    for (int i = 0; i < output.size(); i++) {
      arguments[2 + input.length + i] = output.get(i);
    }
    return ExternalTool.require("ffmpeg")
        .run(arguments)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
        .toList();
  }

  private static String probe(String... input) throws Exception {
    List<String> before =
        List.of(
            "-v",
            "error",
            "-of",
            "csv=p=0",
            "-show_entries",
            "stream=codec_name,width,height,sample_rate");
    String[] arguments = new String[before.size() + input.length];
    before.toArray(arguments);
    System.arraycopy(input, 0, arguments, before.size(), input.length);
    return ExternalTool.require("ffprobe").run(arguments);
  }
}
