package kg.sakchy.gateway.client;

import java.net.URI;
import kg.sakchy.core.camera.Credentials;
import kg.sakchy.core.camera.StreamSource;
import org.jspecify.annotations.Nullable;

/**
 * Whom a connection dials and what it asks for.
 *
 * @param uri the source's address, or where the camera redirected us
 * @param source whose stream it is, and how it travels
 * @param credentials to use at {@code uri}, or null
 * @param mode live, or a recording
 */
public record PlayRequest(
    URI uri, StreamSource source, @Nullable Credentials credentials, PlayMode mode) {}
