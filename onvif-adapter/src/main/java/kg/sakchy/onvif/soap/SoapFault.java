package kg.sakchy.onvif.soap;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;

/**
 * A refusal in SOAP 1.2 or 1.1 form; cameras answer requests of one with faults of the other.
 *
 * @param codes local names of the code and its subcodes, from the outermost
 * @param reason the camera's words, or empty
 */
record SoapFault(List<String> codes, String reason) {
  private static final int MAX_REASON = 300;
  private static final int MAX_CODES = 8;

  /** ONVIF Core §5.11.2 and WS-Security §12: the proof is not good enough. */
  private static final Set<String> NOT_AUTHORIZED =
      Set.of(
          "notauthorized",
          "failedauthentication",
          "invalidsecuritytoken",
          "failedcheck",
          "invalidsecurity",
          "unauthenticated",
          "accessdenied",
          "senderNotAuthorized".toLowerCase(Locale.ROOT));

  private static final Set<String> UNSUPPORTED =
      Set.of(
          "actionnotsupported", "optionalactionnotimplemented", "notsupported", "notimplemented");

  SoapFault {
    codes = List.copyOf(codes);
  }

  /** Reads the Fault element the cursor stands on. */
  static SoapFault read(XmlCursor fault) {
    List<String> codes = new ArrayList<>();
    String reason = "";
    String detail = "";
    for (XmlCursor part : fault.children()) {
      switch (part.name()) {
        case "Code" -> code(part, codes);
        case "faultcode" -> add(codes, part.text());
        case "Reason" -> reason = part.enter("Text") ? part.text() : reason;
        case "faultstring" -> reason = part.text();
        case "Detail", "detail" -> detail = deepText(part);
        default -> {
          // role and node say nothing to people
        }
      }
    }
    return new SoapFault(codes, clean(reason.isEmpty() ? detail : reason));
  }

  private static void code(XmlCursor code, List<String> codes) {
    for (XmlCursor part : code.children()) {
      switch (part.name()) {
        case "Value" -> add(codes, part.text());
        case "Subcode" -> code(part, codes);
        default -> {
          // nothing else is defined
        }
      }
    }
  }

  private static void add(List<String> codes, String qualified) {
    if (codes.size() < MAX_CODES) {
      codes.add(clean(qualified.substring(qualified.lastIndexOf(':') + 1)));
    }
  }

  private static String deepText(XmlCursor detail) {
    for (XmlCursor part : detail.children()) {
      String text = part.text();
      if (!text.isEmpty()) {
        return text;
      }
    }
    return "";
  }

  private static String clean(String words) {
    String line = words.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON) + "…";
  }

  boolean isNotAuthorized() {
    return has(NOT_AUTHORIZED)
        || (codes.size() <= 1 && reason.toLowerCase(Locale.ROOT).contains("not authorized"));
  }

  /** WS-Security is not known to the camera (SOAP 1.2 §5.4.8). */
  boolean isNotUnderstood() {
    return has(Set.of("mustunderstand"))
        || reason.toLowerCase(Locale.ROOT).contains("must be understood");
  }

  private boolean has(Set<String> names) {
    return codes.stream().anyMatch(code -> names.contains(code.toLowerCase(Locale.ROOT)));
  }

  ErrorKind kind() {
    String words = reason.toLowerCase(Locale.ROOT);
    if (isNotAuthorized()) {
      return ErrorKind.UNAUTHENTICATED;
    }
    if (has(UNSUPPORTED) || words.contains("not implemented") || words.contains("not supported")) {
      return ErrorKind.UNSUPPORTED;
    }
    String last = codes.isEmpty() ? "" : codes.getLast().toLowerCase(Locale.ROOT);
    if (last.equals("operationprohibited")) {
      return ErrorKind.PERMISSION_DENIED;
    }
    if (last.startsWith("no") || last.equals("resourceunknownfault")) {
      return ErrorKind.NOT_FOUND;
    }
    if (last.startsWith("max")
        || last.startsWith("toomany")
        || has(Set.of("outofmemory", "capacityviolation"))) {
      return ErrorKind.RESOURCE_EXHAUSTED;
    }
    if (has(
        Set.of("invalidargval", "invalidargs", "argumentmissing", "wellformed", "tagmismatch"))) {
      return ErrorKind.INVALID_ARGUMENT;
    }
    return has(Set.of("receiver", "server"))
        ? ErrorKind.UNAVAILABLE
        : ErrorKind.FAILED_PRECONDITION;
  }

  /**
   * The fault as an error, with the camera's words.
   *
   * @param operation what was asked
   */
  VmsException toException(String operation) {
    String words = reason.isEmpty() ? String.join(" / ", codes) : reason;
    return new VmsException(kind(), "the camera refuses " + operation + ": " + words)
        .with("fault", String.join("/", codes));
  }
}
