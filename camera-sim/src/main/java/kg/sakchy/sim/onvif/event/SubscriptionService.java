package kg.sakchy.sim.onvif.event;

import java.time.Duration;
import kg.sakchy.sim.onvif.SimQuirk;
import kg.sakchy.sim.onvif.device.DeviceState;
import kg.sakchy.sim.onvif.soap.Ns;
import kg.sakchy.sim.onvif.soap.SoapAnswer;
import kg.sakchy.sim.onvif.soap.SoapCall;
import kg.sakchy.sim.onvif.soap.SoapFault;
import kg.sakchy.sim.onvif.soap.SoapService;
import kg.sakchy.sim.onvif.soap.Xml;
import kg.sakchy.sim.onvif.soap.XmlElement;
import kg.sakchy.sim.onvif.soap.XsdTime;
import org.jspecify.annotations.Nullable;

/** What is asked of one subscription at its own address (ONVIF Core §9.2). */
public final class SubscriptionService implements SoapService {
  private static final String MANAGER = "http://docs.oasis-open.org/wsn/bw-2/SubscriptionManager/";
  private static final String POINT =
      "http://www.onvif.org/ver10/events/wsdl/PullPointSubscription/";
  private static final int MAX_LIMIT = 10_000;

  private final DeviceState device;
  private final SimEvents events;
  private final Duration longestPull;
  private final Duration pullCut;

  /**
   * @param longestPull longest timeout granted
   * @param pullCut when {@link SimQuirk#PULL_CUT} cuts
   */
  public SubscriptionService(
      DeviceState device, SimEvents events, Duration longestPull, Duration pullCut) {
    this.device = device;
    this.events = events;
    this.longestPull = longestPull;
    this.pullCut = pullCut;
  }

  @Override
  public @Nullable SoapAnswer answer(SoapCall call) {
    return switch (call.operation()) {
      case "PullMessages" -> pull(call);
      case "SetSynchronizationPoint" -> {
        events.all().synchronize(find(call), events.states());
        yield new SoapAnswer.Now(
            new Xml().empty("tev:SetSynchronizationPointResponse").finish(),
            POINT + "SetSynchronizationPointResponse");
      }
      case "Renew" -> renew(call);
      case "Unsubscribe" -> unsubscribe(call);
      default -> null;
    };
  }

  /** The subscription a call is addressed to. */
  private Subscription find(SoapCall call) {
    boolean addressed =
        call.request().header(Ns.ADDRESSING.uri(), "To") != null
            && call.request().header(Ns.ADDRESSING.uri(), "Action") != null;
    if (device.has(SimQuirk.ADDRESSING_REQUIRED) && !addressed) {
      throw events.all().unknown();
    }
    String id = call.path().substring(EventService.SUBSCRIPTIONS.length());
    if (id.equals(EventService.SHARED)) {
      XmlElement reference =
          call.request().header(EventService.REFERENCE_NAMESPACE, "SubscriptionId");
      id = reference == null ? "" : reference.text();
    }
    Subscription subscription = events.all().find(id);
    if (subscription == null) {
      throw events.all().unknown();
    }
    return subscription;
  }

  private SoapAnswer pull(SoapCall call) {
    Subscription subscription = find(call);
    if (subscription.consumer() != null) {
      throw events.all().unknown();
    }
    Duration timeout = XsdTime.parseDuration(call.body().require("Timeout"));
    double limit = call.body().number(-1, "MessageLimit");
    if (limit < 1) {
      throw SoapFault.sender("ter:InvalidArgVal", "MessageLimit");
    }
    if (timeout.compareTo(longestPull) > 0) {
      throw tooLong();
    }
    return events.all().pull(subscription, timeout, (int) Math.min(limit, MAX_LIMIT), pullCut);
  }

  private SoapFault tooLong() {
    return SoapFault.notification(
        "tev:PullMessagesFaultResponse",
        XsdTime.format(device.clock().now()),
        "a timeout of " + longestPull + " at most");
  }

  private SoapAnswer renew(SoapCall call) {
    Subscription subscription = find(call);
    String wanted = call.body().require("TerminationTime");
    events.all().extend(subscription, EventService.term(device, wanted));
    Xml xml =
        new Xml()
            .begin("wsnt:RenewResponse")
            .leaf(
                "wsnt:TerminationTime",
                XsdTime.format(events.all().shownTermination(subscription, device.clock().now())))
            .leaf("wsnt:CurrentTime", XsdTime.format(device.clock().now()))
            .end();
    return new SoapAnswer.Now(xml.finish(), MANAGER + "RenewResponse");
  }

  private SoapAnswer unsubscribe(SoapCall call) {
    Subscription subscription = find(call);
    if (device.has(SimQuirk.UNSUBSCRIBE_ENDS_ALL)) {
      events.all().closeAll();
    } else {
      events.all().close(subscription);
    }
    return new SoapAnswer.Now(
        new Xml().empty("wsnt:UnsubscribeResponse").finish(), MANAGER + "UnsubscribeResponse");
  }
}
