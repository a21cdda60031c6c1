package kg.sakchy.gateway.server.access;

import kg.sakchy.core.access.Authentication;
import kg.sakchy.core.access.MediaAccess;

/**
 * Who is served: nobody who does not prove who he is or hold a media token, wherever he is.
 *
 * @param authentication tells who somebody is
 * @param media tells what he may see
 */
public record Entrance(Authentication authentication, MediaAccess media) {}
