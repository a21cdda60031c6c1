package kg.sakchy.onvif.soap;

import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * Finds out which services a camera has: GetServices (ONVIF Core §8.1.2.1), and where that is not
 * known or leaves out what every camera has, GetCapabilities (§8.1.2.3).
 *
 * <p>Threads: pure functions of a session; blocks.
 */
final class ServiceLookup {
  private static final SoapRequest GET_SERVICES =
      SoapRequest.of(
          OnvifService.DEVICE,
          "GetServices",
          new XmlFragment("<tds:IncludeCapability>false</tds:IncludeCapability>"));
  private static final SoapRequest GET_CAPABILITIES =
      SoapRequest.of(
          OnvifService.DEVICE,
          "GetCapabilities",
          new XmlFragment("<tds:Category>All</tds:Category>"));

  private final DeviceSession session;
  private final Map<OnvifService, URI> found = new EnumMap<>(OnvifService.class);

  private ServiceLookup(DeviceSession session) {
    this.session = session;
  }

  /** The services and their addresses; the device service is always among them. */
  static Map<OnvifService, URI> of(DeviceSession session) {
    ServiceLookup lookup = new ServiceLookup(session);
    Optional<VmsException> refused = lookup.ask(GET_SERVICES, lookup::services);
    boolean video =
        lookup.found.containsKey(OnvifService.MEDIA)
            || lookup.found.containsKey(OnvifService.MEDIA2);
    if (!video || !lookup.found.containsKey(OnvifService.EVENTS)) {
      Optional<VmsException> also = lookup.ask(GET_CAPABILITIES, lookup::capabilities);
      if (refused.isPresent() && also.isPresent()) {
        throw also.get();
      }
    }
    session
        .address(OnvifService.DEVICE)
        .ifPresent(own -> lookup.found.put(OnvifService.DEVICE, own));
    return lookup.found;
  }

  /** Refusals and unreadable answers are an answer too: the camera does not know that call. */
  private Optional<VmsException> ask(SoapRequest request, Consumer<XmlCursor> reader) {
    try {
      URI device = session.address(OnvifService.DEVICE).orElseThrow();
      session.callAt(
          device,
          request,
          response -> {
            reader.accept(response);
            return response;
          });
      return Optional.empty();
    } catch (VmsException e) {
      if (e.kind() == ErrorKind.UNAUTHENTICATED
          || e.kind() == ErrorKind.TIMEOUT
          || e.kind() == ErrorKind.CANCELLED) {
        throw e;
      }
      return Optional.of(e);
    }
  }

  private void services(XmlCursor response) {
    for (XmlCursor service : response.children()) {
      String namespace = "";
      String xaddr = "";
      for (XmlCursor field : service.children()) {
        switch (field.name()) {
          case "Namespace" -> namespace = field.text();
          case "XAddr" -> xaddr = field.text();
          default -> {
            // versions and capabilities
          }
        }
      }
      String address = xaddr;
      OnvifService.ofNamespace(namespace).ifPresent(known -> add(known, address));
    }
  }

  private void capabilities(XmlCursor response) {
    if (response.enter("Capabilities")) {
      for (XmlCursor category : response.children()) {
        if (category.name().equals("Extension")) {
          for (XmlCursor extension : category.children()) {
            category(extension);
          }
        } else {
          category(category);
        }
      }
    }
  }

  private void category(XmlCursor category) {
    Optional<OnvifService> service =
        switch (category.name()) {
          case "Analytics" -> Optional.of(OnvifService.ANALYTICS);
          case "Events" -> Optional.of(OnvifService.EVENTS);
          case "Imaging" -> Optional.of(OnvifService.IMAGING);
          case "Media" -> Optional.of(OnvifService.MEDIA);
          case "PTZ" -> Optional.of(OnvifService.PTZ);
          case "DeviceIO" -> Optional.of(OnvifService.DEVICE_IO);
          case "Recording" -> Optional.of(OnvifService.RECORDING);
          case "Search" -> Optional.of(OnvifService.SEARCH);
          case "Replay" -> Optional.of(OnvifService.REPLAY);
          default -> Optional.empty();
        };
    if (service.isPresent() && category.enter("XAddr")) {
      add(service.get(), category.text());
    }
  }

  /** An address that cannot be read is that of a service the camera does not really have. */
  private void add(OnvifService service, String xaddr) {
    if (xaddr.isEmpty() || found.containsKey(service)) {
      return;
    }
    try {
      found.put(service, session.resolve(xaddr));
    } catch (VmsException e) {
      if (e.kind() != ErrorKind.DATA_LOSS) {
        throw e;
      }
    }
  }
}
