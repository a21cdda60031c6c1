package kg.sakchy.sim.onvif;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import kg.sakchy.sim.net.SimLoop;
import kg.sakchy.sim.onvif.device.AnalyticsService;
import kg.sakchy.sim.onvif.device.CapabilityService;
import kg.sakchy.sim.onvif.device.DeviceState;
import kg.sakchy.sim.onvif.device.NetworkService;
import kg.sakchy.sim.onvif.device.RelayService;
import kg.sakchy.sim.onvif.device.ScopeService;
import kg.sakchy.sim.onvif.device.Services;
import kg.sakchy.sim.onvif.device.SystemService;
import kg.sakchy.sim.onvif.device.UserService;
import kg.sakchy.sim.onvif.event.EventService;
import kg.sakchy.sim.onvif.event.SimEvents;
import kg.sakchy.sim.onvif.event.SubscriptionService;
import kg.sakchy.sim.onvif.imaging.ImagingService;
import kg.sakchy.sim.onvif.media.BrokenService;
import kg.sakchy.sim.onvif.media.Media1Encoders;
import kg.sakchy.sim.onvif.media.Media1Profiles;
import kg.sakchy.sim.onvif.media.Media2Encoders;
import kg.sakchy.sim.onvif.media.Media2Profiles;
import kg.sakchy.sim.onvif.media.MediaState;
import kg.sakchy.sim.onvif.media.MediaUris;
import kg.sakchy.sim.onvif.ptz.PresetTours;
import kg.sakchy.sim.onvif.ptz.Presets;
import kg.sakchy.sim.onvif.ptz.PtzHead;
import kg.sakchy.sim.onvif.ptz.PtzMoveService;
import kg.sakchy.sim.onvif.ptz.PtzNodeService;
import kg.sakchy.sim.onvif.ptz.PtzPresetService;
import kg.sakchy.sim.onvif.ptz.PtzTarget;
import kg.sakchy.sim.onvif.ptz.PtzTourService;
import kg.sakchy.sim.onvif.recording.RecordingService;
import kg.sakchy.sim.onvif.recording.RecordingStore;
import kg.sakchy.sim.onvif.recording.ReplayService;
import kg.sakchy.sim.onvif.recording.SearchService;
import kg.sakchy.sim.onvif.soap.Ns;
import kg.sakchy.sim.onvif.soap.SoapCall;
import kg.sakchy.sim.onvif.soap.SoapService;
import kg.sakchy.sim.onvif.soap.Xml;
import org.jspecify.annotations.Nullable;

/** Puts the services of one device together. */
final class DeviceAssembly {
  private static final long LATE_PASSWORD_SECONDS = 3;
  private static final long RESTART_MILLIS = 200;

  private final OnvifSimOptions options;
  private final SimLoop loop;
  private final DeviceState state;
  private final DevicePlace place;
  private final int eventPort;
  private final SimDevice device;

  DeviceAssembly(
      OnvifSimOptions options,
      SimLoop loop,
      DeviceState state,
      SimEvents events,
      @Nullable PtzHead ptz,
      DevicePlace place,
      int eventPort) {
    this.options = options;
    this.loop = loop;
    this.state = state;
    this.place = place;
    this.eventPort = eventPort;
    EventService.Place eventPlace =
        new EventService.Place(
            loop.group(),
            loop.clientChannel(),
            this::subscriptionBase,
            options.subscriptionTerm(),
            this::restartSoon);
    ServiceBinding subscriptions =
        new ServiceBinding(
            List.of(Ns.EVENTS, Ns.NOTIFICATION),
            List.of(
                new SubscriptionService(state, events, options.longestPull(), options.pullCut())));
    Map<Ns, List<SoapService>> groups = groups(events, ptz, eventPlace);
    DeviceEndpoint endpoint =
        new DeviceEndpoint(state, bind(groups), subscriptions, loop.group().next());
    this.device = new SimDevice(state, endpoint, place, events, ptz);
  }

  SimDevice device() {
    return device;
  }

  private Map<Ns, List<SoapService>> groups(
      SimEvents events, @Nullable PtzHead ptz, EventService.Place eventPlace) {
    Map<Ns, List<SoapService>> groups = new HashMap<>();
    RelayService relays = new RelayService(state, events);
    groups.put(
        Ns.DEVICE,
        List.of(
            new CapabilityService(state),
            new SystemService(state, this::restartSoon),
            new NetworkService(state, place),
            new UserService(state, this::passwordChanged),
            new ScopeService(state),
            relays));
    groups.put(Ns.DEVICE_IO, List.of(relays));
    MediaState media = new MediaState(state);
    PtzNodeService node = null;
    if (ptz != null) {
      PtzTarget target = new PtzTarget(state, ptz, media::hasProfile);
      node = new PtzNodeService(target);
      groups.put(Ns.PTZ, ptzGroups(target, node));
    }
    mediaGroups(groups, media, configurationOf(node));
    RecordingStore store = new RecordingStore(state);
    groups.put(Ns.RECORDING, List.of(new RecordingService(store)));
    groups.put(Ns.SEARCH, List.of(new SearchService(store)));
    groups.put(Ns.REPLAY, List.of(new ReplayService(store)));
    groups.put(Ns.ANALYTICS, List.of(new AnalyticsService(state)));
    groups.put(Ns.IMAGING, List.of(new ImagingService(state.clock())));
    groups.put(Ns.EVENTS, List.of(new EventService(state, events, eventPlace)));
    return groups;
  }

  private static BiConsumer<Xml, String> configurationOf(@Nullable PtzNodeService node) {
    return (xml, element) -> {
      if (node != null) {
        node.configuration(xml, element);
      }
    };
  }

  private void mediaGroups(
      Map<Ns, List<SoapService>> groups,
      MediaState media,
      BiConsumer<Xml, String> ptzConfiguration) {
    MediaUris uris = new MediaUris(media);
    Media1Profiles profiles = new Media1Profiles(media, ptzConfiguration);
    groups.put(
        Ns.MEDIA,
        List.of(
            BrokenService.of(state, SimQuirk.MEDIA_NOT_IMPLEMENTED),
            profiles,
            new Media1Encoders(media),
            uris));
    groups.put(
        Ns.MEDIA2,
        List.of(
            BrokenService.of(state, SimQuirk.MEDIA2_BROKEN),
            new BrokenService(state, SimQuirk.MEDIA2_IN_WORDS_OF_MEDIA1, profiles),
            new Media2Profiles(media, ptzConfiguration),
            new Media2Encoders(media),
            uris));
  }

  private List<SoapService> ptzGroups(PtzTarget target, PtzNodeService node) {
    Presets presets = new Presets(target.head());
    PresetTours tours = new PresetTours(presets, target.head(), timer());
    return List.of(
        new PtzMoveService(target),
        node,
        new PtzPresetService(target, presets),
        new PtzTourService(target, presets, tours));
  }

  private Map<String, ServiceBinding> bind(Map<Ns, List<SoapService>> groups) {
    Map<String, ServiceBinding> bindings = new HashMap<>();
    for (Services service : Services.of(state)) {
      List<Ns> namespaces =
          switch (service.namespace()) {
            case EVENTS -> List.of(Ns.EVENTS, Ns.NOTIFICATION);
            case DEVICE_IO -> List.of(Ns.DEVICE_IO, Ns.DEVICE);
            default -> List.of(service.namespace());
          };
      bindings.put(
          service.path(),
          new ServiceBinding(namespaces, groups.getOrDefault(service.namespace(), List.of())));
    }
    // A fixed camera may begin to list it later; its operations fail.
    bindings.putIfAbsent(Services.PTZ_PATH, new ServiceBinding(List.of(Ns.PTZ), List.of()));
    return bindings;
  }

  private ScheduledExecutorService timer() {
    return loop.group().next();
  }

  private URI subscriptionBase(SoapCall call) {
    if (!state.has(SimQuirk.EVENTS_AT_OTHER_PORT)) {
      return call.device();
    }
    device.reviveEventPort();
    return URI.create("http://" + options.host() + ":" + eventPort + "/" + device.name());
  }

  /** The answer goes out first. */
  private void restartSoon() {
    timer().schedule(device::reboot, RESTART_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void passwordChanged(SimUser user) {
    Runnable change = () -> state.users().put(user.credentials().user(), user);
    if (state.has(SimQuirk.PASSWORD_LATE)) {
      timer().schedule(change, LATE_PASSWORD_SECONDS, TimeUnit.SECONDS);
    } else {
      change.run();
    }
  }
}
