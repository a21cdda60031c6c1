package kg.sakchy.sim.onvif.event;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import kg.sakchy.sim.onvif.SimQuirk;
import kg.sakchy.sim.onvif.device.DeviceState;
import kg.sakchy.sim.onvif.device.ServiceCapabilities;
import kg.sakchy.sim.onvif.device.Services;
import kg.sakchy.sim.onvif.soap.Ns;
import kg.sakchy.sim.onvif.soap.SoapAnswer;
import kg.sakchy.sim.onvif.soap.SoapCall;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.SoapService;
import kg.sakchy.sim.onvif.soap.Xml;
import kg.sakchy.sim.onvif.soap.XmlElement;
import kg.sakchy.sim.onvif.soap.XsdTime;
import org.jspecify.annotations.Nullable;

/** Subscribing, and what can be subscribed to (ONVIF Core §9.1 to §9.4). */
public final class EventService implements SoapService {
  /** Path of subscriptions; their id follows, unless a reference parameter tells them apart. */
  public static final String SUBSCRIPTIONS = "/onvif/event/";

  static final String SHARED = "shared";
  static final String REFERENCE_NAMESPACE = "http://www.axis.com/2009/event";

  private static final String CREATED_ACTION =
      "http://www.onvif.org/ver10/events/wsdl/EventPortType/CreatePullPointSubscriptionResponse";
  private static final String SUBSCRIBED_ACTION =
      "http://docs.oasis-open.org/wsn/bw-2/NotificationProducer/SubscribeResponse";
  private static final int LONGEST_SAFE_CONSUMER = 64;
  private static final Duration IGNORED_TERM = Duration.ofMinutes(10);

  private final DeviceState device;
  private final SimEvents events;
  private final Place place;

  /**
   * What the service needs to know of its surroundings.
   *
   * @param group loops for connections to consumers
   * @param channelType of those connections
   * @param subscriptionBase address that stands before the paths of subscriptions, for a call
   * @param term of a subscription unless asked otherwise
   * @param restart of the device
   */
  public record Place(
      EventLoopGroup group,
      Class<? extends SocketChannel> channelType,
      Function<SoapCall, URI> subscriptionBase,
      Duration term,
      Runnable restart) {}

  public EventService(DeviceState device, SimEvents events, Place place) {
    this.device = device;
    this.events = events;
    this.place = place;
  }

  @Override
  public @Nullable SoapAnswer answer(SoapCall call) {
    return switch (call.operation()) {
      case "CreatePullPointSubscription" -> createPullPoint(call);
      case "Subscribe" -> subscribe(call);
      case "GetEventProperties" -> properties();
      case "GetServiceCapabilities" ->
          SoapAnswer.of(
              ServiceCapabilities.events(new Xml().begin("tev:GetServiceCapabilitiesResponse"))
                  .end());
      default -> null;
    };
  }

  private String timestamp() {
    return XsdTime.format(device.clock().now());
  }

  private SoapAnswer createPullPoint(SoapCall call) {
    if (device.has(SimQuirk.PULL_POINT_DENIED)) {
      throw SoapFault.actionNotSupported("CreatePullPointSubscription");
    }
    TopicFilter filter = TopicFilter.read(call.body().child("Filter"), timestamp());
    Subscription subscription = events.all().open(filter, term(call), null);
    events.all().synchronize(subscription, events.states());
    Xml xml = new Xml().begin("tev:CreatePullPointSubscriptionResponse");
    reference(xml, "tev:SubscriptionReference", call, subscription);
    events.all().terms(xml, "wsnt", subscription);
    return new SoapAnswer.Now(xml.end().finish(), CREATED_ACTION);
  }

  private SoapAnswer subscribe(SoapCall call) {
    if (device.has(SimQuirk.SUBSCRIBE_DENIED)) {
      throw SoapFault.actionNotSupported("Subscribe");
    }
    XmlElement consumer = call.body().child("ConsumerReference");
    XmlElement address = consumer == null ? null : consumer.child(Ns.ADDRESSING.uri(), "Address");
    if (address == null) {
      throw SoapFault.notification(
          "wsnt:SubscribeCreationFailedFault", timestamp(), "no consumer reference");
    }
    if (device.has(SimQuirk.LONG_CONSUMER_RESTARTS)
        && address.text().length() > LONGEST_SAFE_CONSUMER) {
      place.restart().run();
    }
    TopicFilter filter = TopicFilter.read(call.body().child("Filter"), timestamp());
    NotifyClient client =
        new NotifyClient(place.group(), place.channelType(), consumerUri(address.text()));
    Subscription subscription = events.all().open(filter, term(call), client);
    events.all().synchronize(subscription, events.states());
    Xml xml = new Xml().begin("wsnt:SubscribeResponse");
    reference(xml, "wsnt:SubscriptionReference", call, subscription);
    events.all().terms(xml, "wsnt", subscription);
    return new SoapAnswer.Now(xml.end().finish(), SUBSCRIBED_ACTION);
  }

  private URI consumerUri(String text) {
    try {
      URI uri = new URI(text);
      if ("http".equals(uri.getScheme()) && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw SoapFault.notification(
          "wsnt:SubscribeCreationFailedFault", timestamp(), "no address of a consumer");
    }
    throw SoapFault.notification(
        "wsnt:SubscribeCreationFailedFault", timestamp(), "consumers are reached by http only");
  }

  private Duration term(SoapCall call) {
    String text = call.body().textAt("InitialTerminationTime");
    return text == null || text.isEmpty() ? place.term() : term(device, text);
  }

  /** How long a term asked for is, as this device reads it. */
  static Duration term(DeviceState device, String text) {
    if (text.startsWith("P") && device.has(SimQuirk.RELATIVE_TERM_IGNORED)) {
      return IGNORED_TERM;
    }
    Instant now = device.clock().now();
    Duration term = Duration.between(now, XsdTime.parseTerm(text, now));
    if (term.isNegative() || term.isZero()) {
      throw SoapFault.notification(
          "wsnt:UnacceptableInitialTerminationTimeFault",
          XsdTime.format(now),
          "a term that is over");
    }
    return term;
  }

  private void reference(Xml xml, String element, SoapCall call, Subscription subscription) {
    boolean shared = device.has(SimQuirk.REFERENCE_PARAMETERS);
    String path = SUBSCRIPTIONS + (shared ? SHARED : subscription.id());
    URI base = place.subscriptionBase().apply(call);
    xml.begin(element).leaf("wsa:Address", Services.address(device, base, path));
    if (shared) {
      xml.begin("wsa:ReferenceParameters")
          .leaf("dom0:SubscriptionId", subscription.id(), "xmlns:dom0", REFERENCE_NAMESPACE)
          .end();
    }
    xml.end();
  }

  private SoapAnswer properties() {
    Xml xml =
        new Xml()
            .begin("tev:GetEventPropertiesResponse")
            .leaf(
                "tev:TopicNamespaceLocation", "http://www.onvif.org/onvif/ver10/topics/topicns.xml")
            .leaf("wsnt:FixedTopicSet", true)
            .begin("wstop:TopicSet");
    Map<String, SimTopic> topics = new TreeMap<>();
    for (SimTopic topic : SimTopic.values()) {
      topics.put(topic.path(), topic);
    }
    new TopicTree(xml).write(topics);
    xml.end()
        .leaf("wsnt:TopicExpressionDialect", TopicFilter.CONCRETE_SET)
        .leaf(
            "wsnt:TopicExpressionDialect",
            "http://docs.oasis-open.org/wsn/t-1/TopicExpression/Concrete")
        .leaf(
            "tev:MessageContentFilterDialect",
            "http://www.onvif.org/ver10/tev/messageContentFilter/ItemFilter")
        .leaf(
            "tev:MessageContentSchemaLocation",
            "http://www.onvif.org/onvif/ver10/schema/onvif.xsd");
    return SoapAnswer.of(xml.end());
  }
}
