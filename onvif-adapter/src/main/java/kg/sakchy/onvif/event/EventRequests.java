package kg.sakchy.onvif.event;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import kg.sakchy.onvif.soap.OnvifService;
import kg.sakchy.onvif.soap.SoapRequest;
import kg.sakchy.onvif.soap.XmlFragment;
import kg.sakchy.onvif.soap.XmlTemplate;

/** The requests of the event service (ONVIF Core §9, WS-BaseNotification 1.3). */
final class EventRequests {
  private static final String EVENTS = "http://www.onvif.org/ver10/events/wsdl/";
  private static final String WSN = "http://docs.oasis-open.org/wsn/bw-2/";
  private static final XmlTemplate CREATE =
      XmlTemplate.of("<tev:InitialTerminationTime>{}</tev:InitialTerminationTime>");
  private static final XmlTemplate PULL =
      XmlTemplate.of(
          "<tev:PullMessages><tev:Timeout>{}</tev:Timeout>"
              + "<tev:MessageLimit>{}</tev:MessageLimit></tev:PullMessages>");
  private static final XmlTemplate SYNCHRONIZE = XmlTemplate.of("<tev:SetSynchronizationPoint/>");
  private static final XmlTemplate RENEW =
      XmlTemplate.of("<wsnt:Renew><wsnt:TerminationTime>{}</wsnt:TerminationTime></wsnt:Renew>");
  private static final XmlTemplate UNSUBSCRIBE = XmlTemplate.of("<wsnt:Unsubscribe/>");
  private static final XmlTemplate SUBSCRIBE =
      XmlTemplate.of(
          "<wsnt:Subscribe><wsnt:ConsumerReference>"
              + "<wsa:Address xmlns:wsa=\"http://www.w3.org/2005/08/addressing\">{}</wsa:Address>"
              + "</wsnt:ConsumerReference>"
              + "<wsnt:InitialTerminationTime>{}</wsnt:InitialTerminationTime></wsnt:Subscribe>");

  private EventRequests() {}

  /**
   * A pull point.
   *
   * @param until a {@link Duration}, or an {@link java.time.Instant} on the camera's clock
   */
  static SoapRequest createPullPoint(Object until) {
    return new SoapRequest(
        OnvifService.EVENTS,
        "CreatePullPointSubscription",
        EVENTS + "EventPortType/CreatePullPointSubscriptionRequest",
        wrapped("CreatePullPointSubscription", CREATE.fill(until)),
        Duration.ZERO,
        false,
        true,
        List.of());
  }

  private static XmlFragment wrapped(String operation, XmlFragment content) {
    return new XmlFragment("<tev:" + operation + ">" + content.xml() + "</tev:" + operation + ">");
  }

  /** Waits for messages; the camera answers at once when it has some. */
  static SoapRequest pull(Duration timeout, int limit, List<XmlFragment> parameters) {
    return SoapRequest.withAction(
            OnvifService.EVENTS,
            "PullMessages",
            EVENTS + "PullPointSubscription/PullMessagesRequest",
            PULL.fill(timeout, limit))
        .waiting(timeout)
        .addressed(parameters);
  }

  /** Asks for all states to be told again. */
  static SoapRequest synchronize(List<XmlFragment> parameters) {
    return SoapRequest.withAction(
            OnvifService.EVENTS,
            "SetSynchronizationPoint",
            EVENTS + "PullPointSubscription/SetSynchronizationPointRequest",
            SYNCHRONIZE.fill())
        .addressed(parameters);
  }

  static SoapRequest renew(Object until, List<XmlFragment> parameters) {
    return SoapRequest.withAction(
            OnvifService.EVENTS,
            "Renew",
            WSN + "SubscriptionManager/RenewRequest",
            RENEW.fill(until))
        .addressed(parameters);
  }

  static SoapRequest unsubscribe(List<XmlFragment> parameters) {
    return SoapRequest.withAction(
            OnvifService.EVENTS,
            "Unsubscribe",
            WSN + "SubscriptionManager/UnsubscribeRequest",
            UNSUBSCRIBE.fill())
        .addressed(parameters);
  }

  /** Messages are to be sent to us. */
  static SoapRequest subscribe(URI consumer, Object until) {
    return SoapRequest.withAction(
            OnvifService.EVENTS,
            "Subscribe",
            WSN + "NotificationProducer/SubscribeRequest",
            SUBSCRIBE.fill(consumer, until))
        .addressed(List.of());
  }
}
