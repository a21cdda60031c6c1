package kg.sakchy.sim.onvif.login;

import java.util.List;
import kg.sakchy.sim.onvif.soap.SoapFault;

/** What the door says to a request. */
public sealed interface LoginVerdict {
  /**
   * Come in.
   *
   * @param user name, empty if nobody was asked
   */
  record Granted(String user) implements LoginVerdict {}

  /** 401 with these WWW-Authenticate fields. */
  record Challenged(List<String> challenges) implements LoginVerdict {}

  /** A fault. */
  record Refused(SoapFault fault) implements LoginVerdict {}
}
