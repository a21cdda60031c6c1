package kg.sakchy.onvif.soap;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.onvif.security.Proof;
import kg.sakchy.onvif.security.UsernameToken;

/**
 * One question to a camera with all the tries it takes: a challenge to answer, another clock, a
 * header to leave out, a redirect.
 *
 * <p>Threads: confined to one, used once; blocks.
 *
 * @param <T> what the reader makes of the answer
 */
final class SoapCall<T> {
  private static final int MAX_TRIES = 6;

  /** Operations that need no login (ONVIF Core §5.9.4.3, access class PRE_AUTH). */
  private static final Set<String> OPEN =
      Set.of(
          "GetSystemDateAndTime",
          "GetServices",
          "GetServiceCapabilities",
          "GetCapabilities",
          "GetHostname",
          "GetWsdlUrl",
          "GetEndpointReference");

  /** Any user may ask that, so it tells a missing right from a wrong password. */
  private static final SoapRequest HARMLESS =
      SoapRequest.of(OnvifService.DEVICE, "GetDeviceInformation");

  private final DeviceSession session;
  private final SoapRequest request;
  private final Function<XmlCursor, T> reader;
  private final boolean open;
  private URI address;
  private boolean insisting;
  private boolean clockAskedAgain;

  SoapCall(DeviceSession session, URI address, SoapRequest request, Function<XmlCursor, T> reader) {
    this.session = session;
    this.address = address;
    this.request = request;
    this.reader = reader;
    open = OPEN.contains(request.operation());
  }

  T answer() {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      String path = HttpPost.target(address);
      Proof proof =
          insisting ? session.login().insistentProof(path) : session.login().proof(path, open);
      String messageId = request.addressed() ? "urn:uuid:" + UUID.randomUUID() : "";
      HttpAnswer http = session.post(post(proof, messageId));
      if (http.status() / 100 == 3) {
        follow(http);
      } else if (http.status() == 401 && !http.challenges().isEmpty()) {
        insisting = true;
        session.login().challenged(path, proof, http.challenges(), isEncrypted(), "");
      } else {
        switch (SoapAnswer.read(http, request, messageId, this::guarded)) {
          case SoapAnswer.Result<T>(T value) -> {
            if (!open || insisting) {
              session.login().accepted();
            }
            return value;
          }
          case SoapAnswer.Refusal<T>(SoapFault fault) -> refused(fault, proof);
        }
      }
    }
    throw new VmsException(
        ErrorKind.UNAUTHENTICATED, "the camera asks for a login again and again");
  }

  private HttpPost post(Proof proof, String messageId) {
    UsernameToken token =
        proof instanceof Proof.Token(var credentials)
            ? UsernameToken.of(credentials, session.cameraClock().now())
            : null;
    String authorization = proof instanceof Proof.Authorization(var value, var _) ? value : null;
    return new HttpPost(
        address,
        session.target().peer(),
        SoapEnvelope.contentType(request),
        authorization,
        SoapEnvelope.write(request, address, messageId, token),
        DeviceSession.ANSWER_TIMEOUT.plus(request.hold()),
        request.repeatable());
  }

  private boolean isEncrypted() {
    return Endpoint.of(address).secure();
  }

  /** A reader fails only by VmsException, whatever the camera put into its fields. */
  private T guarded(XmlCursor response) {
    try {
      return reader.apply(response);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new VmsException(
          ErrorKind.DATA_LOSS, "the camera's answer to " + request.operation() + " is odd", e);
    }
  }

  /** To another path or port of the same host, and never from https to http. */
  private void follow(HttpAnswer http) {
    Endpoint from = Endpoint.of(address);
    if (http.location() != null) {
      URI to = new XAddrs(address, AddressRule.AS_ANNOUNCED).redirect(http.location());
      Endpoint next = Endpoint.of(to);
      if (next.host().equalsIgnoreCase(from.host()) && (next.secure() || !from.secure())) {
        if (request.service() == OnvifService.DEVICE) {
          session.moved(to);
        }
        address = to;
        return;
      }
    }
    throw new VmsException(
        ErrorKind.UNSUPPORTED,
        "the camera sends us elsewhere (" + http.status() + "): is the address right?");
  }

  /** Returns if another try makes sense. */
  private void refused(SoapFault fault, Proof proof) {
    if (fault.isNotUnderstood() && proof instanceof Proof.Token) {
      session.login().withoutToken();
    } else if (fault.isNotAuthorized()) {
      notAuthorized(fault, proof);
    } else {
      throw fault.toException(request.operation());
    }
  }

  private void notAuthorized(SoapFault fault, Proof proof) {
    switch (proof) {
      case Proof.Anonymous _ -> {
        if (session.login().credentials() == null) {
          session.login().refused(fault.reason());
        } else if (insisting || !open) {
          session.login().withToken();
        }
        insisting = true;
      }
      case Proof.Authorization _ -> throw missingRight(fault); // the password was good enough
      case Proof.Token _ -> {
        if (session.login().isSettled()) {
          recheck(fault);
        } else if (session.cameraClock().tryNextReading()) {
          session.login().refusedOnce();
        } else {
          session.login().refused(fault.reason());
        }
      }
    }
  }

  /** The same login was good a moment ago: its clock may have changed, or a right is missing. */
  private void recheck(SoapFault fault) {
    if (!clockAskedAgain) {
      clockAskedAgain = true;
      session.measureClock();
      return;
    }
    if (!request.operation().equals(HARMLESS.operation())) {
      URI device = session.address(OnvifService.DEVICE).orElse(address);
      new SoapCall<>(session, device, HARMLESS, _ -> List.of()).answer();
      throw missingRight(fault);
    }
    session.login().refused(fault.reason());
  }

  private VmsException missingRight(SoapFault fault) {
    return new VmsException(
            ErrorKind.PERMISSION_DENIED,
            "the camera's user may not do " + request.operation() + ": " + fault.reason())
        .with("fault", String.join("/", fault.codes()));
  }
}
