package kg.sakchy.sim.onvif.ptz;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kg.sakchy.sim.onvif.soap.SoapAnswer;
import kg.sakchy.sim.onvif.soap.SoapCall;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.SoapService;
import kg.sakchy.sim.onvif.soap.Xml;
import kg.sakchy.sim.onvif.soap.XmlElement;
import kg.sakchy.sim.onvif.soap.XsdTime;
import org.jspecify.annotations.Nullable;

/** Preset tours (ONVIF PTZ §5.7). */
public final class PtzTourService implements SoapService {
  private static final int MAX_SPOTS = 32;
  private static final Duration SHORTEST_STAY = Duration.ofMillis(100);
  private static final Duration LONGEST_STAY = Duration.ofHours(1);

  private final PtzTarget target;
  private final Presets presets;
  private final PresetTours tours;

  public PtzTourService(PtzTarget target, Presets presets, PresetTours tours) {
    this.target = target;
    this.presets = presets;
    this.tours = tours;
  }

  @Override
  public @Nullable SoapAnswer answer(SoapCall call) {
    return switch (call.operation()) {
      case "GetPresetTours" -> {
        target.checkProfile(call);
        yield SoapAnswer.of(
            new Xml()
                .begin("tptz:GetPresetToursResponse")
                .each(tours.all().values(), this::write)
                .end());
      }
      case "GetPresetTour" -> {
        Xml xml = new Xml().begin("tptz:GetPresetTourResponse");
        write(xml, known(call));
        yield SoapAnswer.of(xml.end());
      }
      case "GetPresetTourOptions" -> options(call);
      case "CreatePresetTour" -> create(call);
      case "ModifyPresetTour" -> modify(call);
      case "OperatePresetTour" -> operate(call);
      case "RemovePresetTour" -> {
        PresetTours.Tour tour = known(call);
        stopIfTouring(tour);
        tours.all().remove(tour.token());
        yield SoapAnswer.empty("tptz:RemovePresetTourResponse");
      }
      default -> null;
    };
  }

  private PresetTours.Tour known(SoapCall call) {
    target.checkProfile(call);
    return known(call.body().require("PresetTourToken"));
  }

  private PresetTours.Tour known(String token) {
    PresetTours.Tour tour = tours.all().get(token);
    if (tour == null) {
      throw SoapFault.sender("ter:InvalidArgVal", "ter:NoToken", "no such tour");
    }
    return tour;
  }

  private void stopIfTouring(PresetTours.Tour tour) {
    if (tours.isTouring(tour.token())) {
      tours.stop();
    }
  }

  private SoapAnswer create(SoapCall call) {
    target.checkProfile(call);
    if (tours.all().size() >= PresetTours.MAX_TOURS) {
      throw SoapFault.receiver("ter:Action", "ter:TooManyPresetTours", "too many tours");
    }
    String token = tours.newToken();
    tours.all().put(token, new PresetTours.Tour(token, token, false, List.of()));
    return SoapAnswer.of(
        new Xml().begin("tptz:CreatePresetTourResponse").leaf("tptz:PresetTourToken", token).end());
  }

  private SoapAnswer modify(SoapCall call) {
    target.checkProfile(call);
    XmlElement element = call.body().child("PresetTour");
    if (element == null) {
      throw SoapFault.sender("ter:InvalidArgs", "missing PresetTour");
    }
    PresetTours.Tour before = known(element.attributes().getOrDefault("token", ""));
    List<XmlElement> elements = element.childrenNamed("TourSpot");
    if (elements.size() > MAX_SPOTS) {
      throw SoapFault.sender("ter:InvalidArgVal", "ter:InvalidPresetTour", "too many spots");
    }
    List<PresetTours.Spot> spots = new ArrayList<>();
    for (XmlElement spot : elements) {
      spots.add(spot(spot));
    }
    String name = element.textAt("Name");
    tours
        .all()
        .put(
            before.token(),
            new PresetTours.Tour(
                before.token(),
                name == null ? before.name() : name,
                element.flag("AutoStart"),
                List.copyOf(spots)));
    return SoapAnswer.empty("tptz:ModifyPresetTourResponse");
  }

  private PresetTours.Spot spot(XmlElement element) {
    String preset = element.textAt("PresetDetail", "PresetToken");
    boolean home = element.flag("PresetDetail", "Home");
    if (!home && (preset == null || presets.find(preset) == null)) {
      throw SoapFault.sender("ter:InvalidArgVal", "ter:InvalidPresetTour", "no such preset");
    }
    String stay = element.textAt("StayTime");
    Duration duration = stay == null ? Duration.ofSeconds(10) : XsdTime.parseDuration(stay);
    if (duration.compareTo(SHORTEST_STAY) < 0 || duration.compareTo(LONGEST_STAY) > 0) {
      throw SoapFault.sender("ter:InvalidArgVal", "ter:InvalidPresetTour", "a stay");
    }
    XmlElement speed = element.at("Speed", "PanTilt");
    return new PresetTours.Spot(
        home || preset == null ? "" : preset,
        speed == null ? 1 : Math.abs(speed.attributeNumber("x")),
        duration);
  }

  private SoapAnswer operate(SoapCall call) {
    PresetTours.Tour tour = known(call);
    switch (call.body().require("Operation")) {
      case "Start" -> {
        if (tour.spots().isEmpty()) {
          throw SoapFault.receiver("ter:Action", "ter:ActivationFailed", "a tour to nowhere");
        }
        tours.start(tour);
      }
      case "Stop", "Pause" -> stopIfTouring(tour);
      default -> throw SoapFault.sender("ter:InvalidArgVal", "no such operation");
    }
    return SoapAnswer.empty("tptz:OperatePresetTourResponse");
  }

  private void write(Xml xml, PresetTours.Tour tour) {
    xml.begin("tptz:PresetTour", "token", tour.token())
        .leaf("tt:Name", tour.name())
        .begin("tt:Status")
        .leaf("tt:State", tours.isTouring(tour.token()) ? "Touring" : "Idle")
        .end()
        .leaf("tt:AutoStart", tour.autoStart())
        .empty("tt:StartingCondition");
    for (PresetTours.Spot spot : tour.spots()) {
      xml.begin("tt:TourSpot").begin("tt:PresetDetail");
      if (spot.preset().isEmpty()) {
        xml.leaf("tt:Home", true);
      } else {
        xml.leaf("tt:PresetToken", spot.preset());
      }
      xml.end()
          .begin("tt:Speed")
          .empty("tt:PanTilt", "x", Xml.text(spot.speed()), "y", Xml.text(spot.speed()))
          .end()
          .leaf("tt:StayTime", spot.stay())
          .end();
    }
    xml.end();
  }

  private SoapAnswer options(SoapCall call) {
    target.checkProfile(call);
    return SoapAnswer.of(
        new Xml()
            .begin("tptz:GetPresetTourOptionsResponse")
            .begin("tptz:Options")
            .leaf("tt:AutoStart", false)
            .empty("tt:StartingCondition")
            .begin("tt:TourSpot")
            .begin("tt:PresetDetail")
            .each(presets.all().keySet(), (xml, token) -> xml.leaf("tt:PresetToken", token))
            .leaf("tt:Home", true)
            .end()
            .begin("tt:StayTime")
            .leaf("tt:Min", SHORTEST_STAY)
            .leaf("tt:Max", LONGEST_STAY)
            .end()
            .end()
            .end()
            .end());
  }
}
