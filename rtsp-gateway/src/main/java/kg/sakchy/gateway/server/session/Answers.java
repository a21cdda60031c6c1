package kg.sakchy.gateway.server.session;

import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.error.VmsException;
import kg.sakchy.media.rtsp.PlayFields;
import kg.sakchy.media.rtsp.RtspHeaders;
import kg.sakchy.media.rtsp.RtspRequest;
import kg.sakchy.media.rtsp.RtspResponse;
import kg.sakchy.media.rtsp.RtspStatus;

/** The beginnings of responses, and the table from kinds of error to statuses. Pure functions. */
final class Answers {
  private Answers() {}

  /** The fields that every response to a request has. */
  static RtspHeaders headers(RtspRequest request) {
    String cseq = request.headers().get("CSeq");
    RtspHeaders headers = new RtspHeaders();
    if (cseq != null) {
      headers.add("CSeq", cseq);
    }
    return headers.add("Server", "Sakchy");
  }

  static RtspResponse plain(RtspRequest request, int status) {
    return new RtspResponse(status, headers(request));
  }

  static RtspResponse of(RtspRequest request, VmsException error) {
    boolean play = request.method().equals("PLAY");
    int status =
        switch (error.kind()) {
          case INVALID_ARGUMENT -> play ? fieldStatus(error) : RtspStatus.BAD_REQUEST;
          case UNAUTHENTICATED -> RtspStatus.UNAUTHORIZED;
          case PERMISSION_DENIED -> RtspStatus.FORBIDDEN;
          case NOT_FOUND -> play ? RtspStatus.INVALID_RANGE : RtspStatus.NOT_FOUND;
          case CONFLICT -> RtspStatus.METHOD_NOT_VALID_IN_THIS_STATE;
          case FAILED_PRECONDITION, UNSUPPORTED -> RtspStatus.UNSUPPORTED_MEDIA_TYPE;
          case RESOURCE_EXHAUSTED -> RtspStatus.NOT_ENOUGH_BANDWIDTH;
          case UNAVAILABLE -> RtspStatus.SERVICE_UNAVAILABLE;
          case TIMEOUT -> RtspStatus.GATEWAY_TIMEOUT;
          case CANCELLED, DATA_LOSS, INTERNAL -> RtspStatus.INTERNAL_SERVER_ERROR;
        };
    return plain(request, status);
  }

  private static int fieldStatus(VmsException error) {
    return "Range".equals(error.context().get(PlayFields.FIELD))
        ? RtspStatus.INVALID_RANGE
        : RtspStatus.HEADER_FIELD_NOT_VALID;
  }

  /** Whether it is worth a line in the log. */
  static boolean isOurs(VmsException error) {
    return error.kind() == ErrorKind.INTERNAL || error.kind() == ErrorKind.DATA_LOSS;
  }
}
