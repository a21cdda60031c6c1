package kg.sakchy.gateway.server.relay;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kg.sakchy.core.stream.AccessUnit;
import kg.sakchy.core.stream.TrackFormat;
import kg.sakchy.gateway.server.delivery.Outlet;
import kg.sakchy.gateway.server.offer.OfferedTrack;
import kg.sakchy.media.codec.Packetizer;
import kg.sakchy.media.codec.ParameterSetPrefix;
import kg.sakchy.media.rtcp.RtcpPacket;
import kg.sakchy.media.rtcp.RtcpWriter;
import org.jspecify.annotations.Nullable;

/**
 * What brings one reader from a key frame to the packets that are relayed next: complete units,
 * made into packets whose numbers end where the relayed ones begin, then the relayed packets of the
 * unit that is under way.
 *
 * <p>Buffers: holds references to the batches of those packets until {@link #release()}. Threads:
 * made on the stream's loop, then used on the reader's.
 */
final class Burst {
  private static final String CNAME = "sakchy";
  private final List<Line> lines;
  private final List<AccessUnit> units;
  private final boolean begins;

  /**
   * One track of it.
   *
   * @param index of the track in the run whose units these are, or -1
   * @param newFormat what the units carry if it is not what was offered, else null
   */
  record Line(
      OfferedTrack offered,
      int index,
      @Nullable TrackFormat newFormat,
      int ssrc,
      long shift,
      int joinSequence,
      int mtu,
      List<RelayTrack.OpenPacket> open,
      RtcpPacket.@Nullable SenderReport report) {}

  /**
   * @param units from a key frame on
   * @param begins whether a reader can begin with it; else it only waits
   */
  Burst(List<Line> lines, List<AccessUnit> units, boolean begins) {
    this.lines = lines;
    this.units = units;
    this.begins = begins;
    lines.forEach(line -> line.open().forEach(packet -> packet.batch().retain()));
  }

  boolean begins() {
    return begins;
  }

  void release() {
    lines.forEach(line -> line.open().forEach(packet -> packet.batch().release()));
  }

  /** The units as packets, in the order of the units. */
  Made make(Outlet outlet) {
    List<TrackPackets> made = new ArrayList<>();
    Map<Integer, Integer> counts = new HashMap<>();
    Map<Integer, Packetizer> packetizers = new HashMap<>();
    Map<Integer, Long> firstTimes = new HashMap<>();
    for (AccessUnit unit : units) {
      Line line = line(unit.track());
      if (line == null || !outlet.carries(line.offered().index())) {
        continue;
      }
      int track = line.offered().index();
      boolean first = !packetizers.containsKey(track);
      Packetizer packetizer =
          packetizers.computeIfAbsent(
              track, ignored -> line.offered().packetizer(line.ssrc(), line.mtu()));
      List<ByteBuffer> packets = new ArrayList<>();
      byte[] data =
          first && line.newFormat() != null
              ? ParameterSetPrefix.before(unit.data(), line.newFormat())
              : unit.data();
      packetizer.packetize(unit.pts() + line.shift(), data, packets::add);
      counts.merge(track, packets.size(), Integer::sum);
      firstTimes.putIfAbsent(track, (unit.pts() + line.shift()) & 0xffff_ffffL);
      made.add(new TrackPackets(track, packets));
    }
    List<RelayReader.Start> starts = number(made, counts, firstTimes);
    return new Made(made, starts);
  }

  private @Nullable Line line(int unitTrack) {
    for (Line line : lines) {
      if (line.index() == unitTrack && line.offered().canPacketize()) {
        return line;
      }
    }
    return null;
  }

  /** Numbers the packets of each track so that the relayed ones follow. */
  private List<RelayReader.Start> number(
      List<TrackPackets> made, Map<Integer, Integer> counts, Map<Integer, Long> firstTimes) {
    Map<Integer, Integer> next = new HashMap<>();
    List<RelayReader.Start> starts = new ArrayList<>();
    for (Line line : lines) {
      int track = line.offered().index();
      Integer count = counts.get(track);
      if (count != null) {
        int first = (line.joinSequence() - count) & 0xffff;
        next.put(track, first);
        starts.add(new RelayReader.Start(track, first, firstTimes.getOrDefault(track, 0L)));
      }
    }
    for (TrackPackets each : made) {
      for (ByteBuffer packet : each.packets()) {
        int number = next.getOrDefault(each.track(), 0);
        packet.putShort(packet.position() + 2, (short) number);
        next.put(each.track(), number + 1);
      }
    }
    return starts;
  }

  /** Packets of one unit. */
  record TrackPackets(int track, List<ByteBuffer> packets) {}

  /** The units as packets, and where each track begins. */
  record Made(List<TrackPackets> packets, List<RelayReader.Start> starts) {}

  /** Sends the packets made, those of the unit under way, and the camera's last reports. */
  void send(Made made, Outlet outlet) {
    for (TrackPackets each : made.packets()) {
      outlet.packets(each.track(), each.packets());
    }
    for (Line line : lines) {
      for (RelayTrack.OpenPacket packet : line.open()) {
        outlet.packet(packet.batch(), packet.index());
      }
      if (line.report() != null) {
        outlet.control(line.offered().index(), RtcpWriter.senderReport(line.report(), CNAME));
      }
    }
    outlet.flush();
  }

  /** A sender report as it goes to all readers. */
  static ByteBuffer control(RtcpPacket.SenderReport report) {
    return RtcpWriter.senderReport(report, CNAME);
  }
}
