package kg.sakchy.onvif.soap;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer to an {@link HttpPost}.
 *
 * @param status 200 to 599
 * @param contentType value of the field, or null
 * @param challenges values of the WWW-Authenticate fields
 * @param location value of the field, or null
 * @param body at most {@link XmlCursor#MAX_BYTES}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record HttpAnswer(
    int status,
    @Nullable String contentType,
    List<String> challenges,
    @Nullable String location,
    byte[] body) {}
