package kg.sakchy.sim.onvif.device;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import kg.sakchy.sim.onvif.SimDeviceClock;
import kg.sakchy.sim.onvif.SimIdentity;
import kg.sakchy.sim.onvif.SimQuirk;
import kg.sakchy.sim.onvif.soap.SoapAnswer;
import kg.sakchy.sim.onvif.soap.SoapCall;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.SoapService;
import kg.sakchy.sim.onvif.soap.Xml;
import kg.sakchy.sim.onvif.soap.XmlElement;
import org.jspecify.annotations.Nullable;

/** Identity, time, restart, auxiliary commands (ONVIF Core §8.3). */
public final class SystemService implements SoapService {
  private final DeviceState device;
  private final Runnable reboot;

  /**
   * @param reboot called on the loop after the answer was made
   */
  public SystemService(DeviceState device, Runnable reboot) {
    this.device = device;
    this.reboot = reboot;
  }

  @Override
  public @Nullable SoapAnswer answer(SoapCall call) {
    return switch (call.operation()) {
      case "GetDeviceInformation" -> information();
      case "GetSystemDateAndTime" -> dateAndTime();
      case "SetSystemDateAndTime" -> setDateAndTime(call.body());
      case "SystemReboot" -> {
        reboot.run();
        yield SoapAnswer.of(
            new Xml().begin("tds:SystemRebootResponse").leaf("tds:Message", "Rebooting").end());
      }
      case "SendAuxiliaryCommand" ->
          SoapAnswer.of(
              new Xml()
                  .begin("tds:SendAuxiliaryCommandResponse")
                  .leaf(
                      "tds:AuxiliaryCommandResponse",
                      AuxiliaryCommands.carryOut(device, call.body().require("AuxiliaryCommand")))
                  .end());
      case "GetEndpointReference" ->
          SoapAnswer.of(
              new Xml()
                  .begin("tds:GetEndpointReferenceResponse")
                  .leaf("tds:GUID", "urn:uuid:" + device.endpoint())
                  .end());
      case "GetSystemLog" ->
          SoapAnswer.of(
              new Xml()
                  .begin("tds:GetSystemLogResponse")
                  .begin("tds:SystemLog")
                  .leaf("tt:String", "started\n")
                  .end()
                  .end());
      default -> null;
    };
  }

  private SoapAnswer information() {
    SimIdentity identity = device.profile().identity();
    return SoapAnswer.of(
        new Xml()
            .begin("tds:GetDeviceInformationResponse")
            .leaf("tds:Manufacturer", identity.manufacturer())
            .leaf("tds:Model", identity.model())
            .leaf("tds:FirmwareVersion", identity.firmware())
            .leaf("tds:SerialNumber", identity.serialNumber())
            .leaf("tds:HardwareId", identity.hardwareId())
            .end());
  }

  private SoapAnswer dateAndTime() {
    SimDeviceClock clock = device.clock();
    Instant now = clock.now();
    Xml xml =
        new Xml()
            .begin("tds:GetSystemDateAndTimeResponse")
            .begin("tds:SystemDateAndTime")
            .leaf("tt:DateTimeType", clock.ntp() ? "NTP" : "Manual")
            .leaf("tt:DaylightSavings", false)
            .begin("tt:TimeZone")
            .leaf("tt:TZ", posix(clock.zone()))
            .end();
    LocalDateTime local = LocalDateTime.ofInstant(now, clock.zone());
    if (!device.has(SimQuirk.NO_TIME)) {
      if (!device.has(SimQuirk.NO_UTC_TIME)) {
        boolean wrong = device.has(SimQuirk.LOCAL_TIME_AS_UTC);
        time(xml, "tt:UTCDateTime", wrong ? local : LocalDateTime.ofInstant(now, ZoneOffset.UTC));
      }
      time(xml, "tt:LocalDateTime", local);
    }
    return SoapAnswer.of(xml.end().end());
  }

  private static void time(Xml xml, String element, LocalDateTime time) {
    xml.begin(element)
        .begin("tt:Time")
        .leaf("tt:Hour", time.getHour())
        .leaf("tt:Minute", time.getMinute())
        .leaf("tt:Second", time.getSecond())
        .end()
        .begin("tt:Date")
        .leaf("tt:Year", time.getYear())
        .leaf("tt:Month", time.getMonthValue())
        .leaf("tt:Day", time.getDayOfMonth())
        .end()
        .end();
  }

  /** POSIX counts west of Greenwich: UTC+6 is {@code <+06>-6}. */
  private static String posix(ZoneOffset zone) {
    int minutes = zone.getTotalSeconds() / 60;
    int size = Math.abs(minutes);
    return String.format(
        Locale.ROOT,
        "<%s%02d%s>%s%d%s",
        minutes < 0 ? "-" : "+",
        size / 60,
        size % 60 == 0 ? "" : String.format(Locale.ROOT, "%02d", size % 60),
        minutes < 0 ? "" : "-",
        size / 60,
        size % 60 == 0 ? "" : String.format(Locale.ROOT, ":%02d", size % 60));
  }

  private SoapAnswer setDateAndTime(XmlElement body) {
    switch (body.require("DateTimeType")) {
      case "NTP" -> device.clock().setNtp(true);
      case "Manual" -> {
        device.clock().setNtp(false);
        XmlElement utc = body.child("UTCDateTime");
        if (utc != null) {
          device.clock().set(moment(utc));
        }
      }
      default -> throw SoapFault.sender("ter:InvalidArgVal", "ter:InvalidDateTime", "a type");
    }
    body.require("DaylightSavings");
    return SoapAnswer.empty("tds:SetSystemDateAndTimeResponse");
  }

  private static Instant moment(XmlElement utc) {
    try {
      return LocalDateTime.of(
              (int) utc.number(0, "Date", "Year"),
              (int) utc.number(0, "Date", "Month"),
              (int) utc.number(0, "Date", "Day"),
              (int) utc.number(-1, "Time", "Hour"),
              (int) utc.number(-1, "Time", "Minute"),
              (int) utc.number(-1, "Time", "Second"))
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw SoapFault.sender("ter:InvalidArgVal", "ter:InvalidDateTime", "no such moment");
    }
  }
}
