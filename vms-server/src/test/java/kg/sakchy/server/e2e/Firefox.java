package kg.sakchy.server.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.ExternalTool;

/**
 * Debian's Firefox without a screen, driven by its own protocol (Marionette): Playwright drives
 * only a Firefox of its own.
 */
final class Firefox implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Socket socket;
  private int number;

  private Firefox(Process process, Socket socket) {
    this.process = process;
    this.socket = socket;
  }

  /**
   * Starts one.
   *
   * @param profile an empty directory for what it keeps
   */
  static Firefox start(Path profile) throws IOException {
    Path program = ExternalTool.require("firefox-esr").path();
    Files.createDirectories(profile);
    Files.writeString(
        profile.resolve("user.js"),
        """
        user_pref("marionette.port", 0);
        user_pref("media.autoplay.default", 0);
        user_pref("app.update.enabled", false);
        user_pref("datareporting.policy.dataSubmissionEnabled", false);
        user_pref("network.captive-portal-service.enabled", false);
        user_pref("network.connectivity-service.enabled", false);
        """);
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-remote",
                "--marionette",
                "--profile",
                profile.toString())
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("firefox.log").toFile())
            .start();
    try {
      int port = port(process, profile.resolve("MarionetteActivePort"));
      Firefox firefox = new Firefox(process, new Socket(InetAddress.getLoopbackAddress(), port));
      firefox.read(); // its greeting
      firefox.call("WebDriver:NewSession", JSON.createObjectNode());
      return firefox;
    } catch (IOException | RuntimeException | Error e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static int port(Process process, Path file) throws IOException {
    long end = System.nanoTime() + ServerProcess.PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      String text = Files.exists(file) ? Files.readString(file).strip() : "";
      if (!text.isEmpty()) {
        return Integer.parseInt(text);
      }
      ServerProcess.pause();
    }
    throw new AssertionError("Firefox does not answer; its log is beside " + file);
  }

  /** Shows a page. */
  void open(Object address) throws IOException {
    call("WebDriver:Navigate", JSON.createObjectNode().put("url", address.toString()));
  }

  /** Gives the page shown a cookie, {@code name=value}. */
  void cookie(String cookie) throws IOException {
    String[] parts = cookie.split("=", 2);
    ObjectNode params = JSON.createObjectNode();
    params.putObject("cookie").put("name", parts[0]).put("value", parts[1]).put("path", "/");
    call("WebDriver:AddCookie", params);
  }

  /** What an expression is in the page. */
  JsonNode value(String expression) throws IOException {
    ObjectNode params = JSON.createObjectNode().put("script", "return " + expression);
    params.putArray("args");
    return call("WebDriver:ExecuteScript", params).path("value");
  }

  /** Until an expression is true in the page. */
  void await(String expression) throws IOException {
    long end = System.nanoTime() + ServerProcess.PATIENCE.toNanos();
    while (!value("!!(" + expression + ")").asBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("never: " + expression);
      }
      ServerProcess.pause();
    }
  }

  private JsonNode call(String command, ObjectNode params) throws IOException {
    byte[] message =
        JSON.writeValueAsBytes(
            JSON.createArrayNode().add(0).add(++number).add(command).add(params));
    byte[] length = (message.length + ":").getBytes(StandardCharsets.US_ASCII);
    socket.getOutputStream().write(length);
    socket.getOutputStream().write(message);
    JsonNode answer = read();
    if (!answer.path(2).isNull()) {
      throw new AssertionError(command + ": " + answer.path(2));
    }
    return answer.path(3);
  }

  /** A message behind its length in decimal digits and a colon. */
  private JsonNode read() throws IOException {
    InputStream in = socket.getInputStream();
    int length = 0;
    for (int digit = in.read(); digit != ':'; digit = in.read()) {
      if (digit < '0' || digit > '9') {
        throw new IOException("Firefox has ended");
      }
      length = Math.addExact(Math.multiplyExact(length, 10), digit - '0');
    }
    return JSON.readTree(in.readNBytes(length));
  }

  @Override
  public void close() throws IOException {
    socket.close();
    process.destroy();
    try {
      if (!process.waitFor(ServerProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
