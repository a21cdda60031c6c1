package kg.sakchy.sim.onvif;

import java.util.List;
import kg.sakchy.sim.onvif.event.EventService;
import kg.sakchy.sim.onvif.soap.Ns;
import kg.sakchy.sim.onvif.soap.SoapAnswer;
import kg.sakchy.sim.onvif.soap.SoapCall;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.SoapService;
import kg.sakchy.sim.onvif.soap.XmlElement;

/**
 * What is served at an address.
 *
 * @param namespaces those its operations may have; others are at another address
 * @param groups of operations
 */
record ServiceBinding(List<Ns> namespaces, List<SoapService> groups) {
  /** Begins the path of each subscription. */
  static final String SUBSCRIPTIONS = EventService.SUBSCRIPTIONS;

  static ServiceBinding of(Ns namespace, SoapService... groups) {
    return new ServiceBinding(List.of(namespace), List.of(groups));
  }

  boolean isEvents() {
    return namespaces.contains(Ns.EVENTS);
  }

  /** Whether a header is a reference parameter that we gave out ourselves. */
  static boolean isReference(XmlElement header) {
    return header.attributes().containsKey("IsReferenceParameter");
  }

  SoapAnswer answer(SoapCall call) {
    String namespace = call.body().namespace();
    if (namespaces.stream().anyMatch(ns -> ns.uri().equals(namespace))) {
      for (SoapService group : groups) {
        SoapAnswer answer = group.answer(call);
        if (answer != null) {
          return answer;
        }
      }
    }
    throw SoapFault.actionNotSupported(call.operation());
  }
}
