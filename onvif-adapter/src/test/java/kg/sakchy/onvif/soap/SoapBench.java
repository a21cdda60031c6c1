package kg.sakchy.onvif.soap;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.core.time.VmsClock;
import kg.sakchy.onvif.TestSessions;
import kg.sakchy.onvif.security.PlainPasswords;

/**
 * Measures what cameras cost: CPU and garbage of one exchange, and memory of many outstanding
 * polls.
 *
 * <p>Run it in two processes, so that the cameras' side is not counted: {@code SoapBench serve
 * PORT}, then {@code SoapBench measure PORT POLLS} with the test class path of this module (and
 * {@code -Xmx512m -XX:+UseSerialGC} so that the figures of different days compare). The answers are
 * 40 profiles (28 kB), 10 events (8 kB), and silence for a poll.
 */
public final class SoapBench {
  private static final int WARM_UP = 3_000;
  private static final int ROUNDS = 5_000;

  private SoapBench() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int port = Integer.parseInt(args[1]);
    if (args[0].equals("serve")) {
      serve(port);
    } else {
      measure(port, Integer.parseInt(args[2]));
    }
  }

  private static void serve(int port) throws IOException {
    try (ServerSocket server = new ServerSocket(port, 4_096, InetAddress.getLoopbackAddress())) {
      while (true) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> answer(socket));
      }
    }
  }

  private static void answer(Socket socket) {
    byte[] profiles = whole(profiles());
    byte[] events = whole(events());
    byte[] clock = whole("<tds:GetSystemDateAndTimeResponse/>");
    try (socket) {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      byte[] buffer = new byte[16 * 1024];
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        String request = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
        if (request.contains("GetProfiles>")) {
          out.write(profiles);
        } else if (request.contains("PullMessages>") && !request.contains("PT60S")) {
          out.write(events);
        } else if (request.contains("GetSystemDateAndTime>")) {
          out.write(clock);
        }
      }
    } catch (IOException e) {
      // The measuring side is done.
    }
  }

  private static byte[] whole(String body) {
    String xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope"
            + " xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
            + " xmlns:tt=\"http://www.onvif.org/ver10/schema\"><s:Body>"
            + body
            + "</s:Body></s:Envelope>";
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\nContent-Length: "
            + xml.length()
            + "\r\n\r\n";
    return (head + xml).getBytes(StandardCharsets.US_ASCII);
  }

  private static String profiles() {
    String profile =
        "<trt:Profiles token=\"p\""
            + " fixed=\"true\"><tt:Name>main</tt:Name><tt:VideoSourceConfiguration"
            + " token=\"v\"><tt:Name>v</tt:Name><tt:UseCount>1</tt:UseCount><tt:SourceToken>s</tt:SourceToken><tt:Bounds"
            + " x=\"0\" y=\"0\" width=\"1920\""
            + " height=\"1080\"/></tt:VideoSourceConfiguration><tt:VideoEncoderConfiguration"
            + " token=\"e\"><tt:Name>e</tt:Name>"
            + "<tt:Encoding>H264</tt:Encoding><tt:Resolution><tt:Width>1920</tt:Width>"
            + "<tt:Height>1080</tt:Height></tt:Resolution><tt:Quality>3</tt:Quality><tt:RateControl>"
            + "<tt:FrameRateLimit>25</tt:FrameRateLimit><tt:BitrateLimit>4096</tt:BitrateLimit>"
            + "</tt:RateControl><tt:H264><tt:GovLength>50</tt:GovLength></tt:H264>"
            + "</tt:VideoEncoderConfiguration></trt:Profiles>";
    return "<trt:GetProfilesResponse>" + profile.repeat(40) + "</trt:GetProfilesResponse>";
  }

  private static String events() {
    String event =
        "<wsnt:NotificationMessage><wsnt:Topic"
            + " Dialect=\"http://www.onvif.org/ver10/tev/topicExpression/"
            + "ConcreteSet\">tns1:RuleEngine/CellMotionDetector/Motion</wsnt:Topic><wsnt:Message><tt:Message"
            + " UtcTime=\"2026-11-22T10:00:00Z\""
            + " PropertyOperation=\"Changed\"><tt:Source><tt:SimpleItem"
            + " Name=\"VideoSourceConfigurationToken\" Value=\"VideoSourceToken\"/><tt:SimpleItem"
            + " Name=\"VideoAnalyticsConfigurationToken\""
            + " Value=\"VideoAnalyticsToken\"/><tt:SimpleItem Name=\"Rule\""
            + " Value=\"MyMotionDetectorRule\"/></tt:Source><tt:Data><tt:SimpleItem"
            + " Name=\"IsMotion\" Value=\"true\"/></tt:Data></tt:Message></wsnt:Message>"
            + "</wsnt:NotificationMessage>";
    return "<tev:PullMessagesResponse>" + event.repeat(10) + "</tev:PullMessagesResponse>";
  }

  private static void measure(int port, int polls) throws InterruptedException, IOException {
    try (TestSessions sessions = new TestSessions(VmsClock.system())) {
      URI address = URI.create("http://127.0.0.1:" + port + "/onvif/device_service");
      DeviceSession session = session(sessions, address, "one");
      exchange("GetProfiles", session, address, SoapRequest.of(OnvifService.MEDIA, "GetProfiles"));
      exchange(
          "PullMessages",
          session,
          address,
          SoapRequest.of(OnvifService.EVENTS, "PullMessages").repeating());
      outstanding(sessions, address, polls);
    }
  }

  private static DeviceSession session(TestSessions sessions, URI address, String name) {
    return sessions
        .all()
        .session(
            new DeviceTarget(address, name, AddressRule.ANSWERING_HOST, PlainPasswords.NEVER),
            null);
  }

  private static void exchange(
      String what, DeviceSession session, URI address, SoapRequest request) {
    run(session, address, request, WARM_UP);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    long bytes = threads.getTotalThreadAllocatedBytes();
    run(session, address, request, ROUNDS);
    long cpuMicros = (system.getProcessCpuTime() - cpu) / 1_000 / ROUNDS;
    long garbage = (threads.getTotalThreadAllocatedBytes() - bytes) / 1024 / ROUNDS;
    System.out.println(what + ": " + cpuMicros + " us CPU, " + garbage + " KiB garbage");
  }

  private static void run(DeviceSession session, URI address, SoapRequest request, int times) {
    for (int i = 0; i < times; i++) {
      session.callAt(address, request, SoapBench::drained);
    }
  }

  /** Reads everything, texts and attributes too, as real readers do. */
  private static int drained(XmlCursor cursor) {
    int read = cursor.attribute("Name") == null ? 0 : 1;
    for (XmlCursor child : cursor.children()) {
      read += child.name().equals("Name") ? child.text().length() : drained(child);
    }
    return read;
  }

  private static void outstanding(TestSessions sessions, URI address, int polls)
      throws InterruptedException, IOException {
    System.gc();
    long before = residentKilobytes();
    SoapRequest pull =
        SoapRequest.of(
                OnvifService.EVENTS,
                "PullMessages",
                XmlTemplate.of("<tev:Timeout>{}</tev:Timeout>").fill(Duration.ofSeconds(60)))
            .waiting(Duration.ofSeconds(120));
    CountDownLatch begun = new CountDownLatch(polls);
    List<Thread> pollers = new ArrayList<>();
    for (int i = 0; i < polls; i++) {
      DeviceSession session = session(sessions, address, "camera-" + i);
      pollers.add(Thread.ofVirtual().start(() -> poll(session, address, pull, begun)));
    }
    long start = System.nanoTime();
    begun.await();
    System.out.printf("%d cameras back after %.1f s%n", polls, (System.nanoTime() - start) / 1e9);
    Thread.sleep(Duration.ofSeconds(5)); // their connections of the first question run out
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    System.out.printf(
        "%d outstanding polls: %.1f KiB resident each, heap in use %.1f MiB in all%n",
        polls, (residentKilobytes() - before) / (double) polls, heap / 1048576.0);
    pollers.forEach(Thread::interrupt);
  }

  private static void poll(
      DeviceSession session, URI address, SoapRequest pull, CountDownLatch begun) {
    session.measureClock();
    begun.countDown();
    try {
      session.callAt(address, pull, XmlCursor::name);
    } catch (VmsException e) {
      if (e.kind() != ErrorKind.CANCELLED) {
        throw e;
      }
    }
  }

  private static long residentKilobytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return 0;
  }
}
