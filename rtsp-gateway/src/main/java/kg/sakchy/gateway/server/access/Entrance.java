package kg.sakchy.gateway.server.access;

import kg.sakchy.core.access.Authentication;
import kg.sakchy.core.access.MediaAccess;
import kg.sakchy.core.audit.RefusedActs;

/**
 * Who is served: nobody who does not prove who he is or hold a media token, wherever he is.
 *
 * @param authentication tells who somebody is
 * @param media tells what he may see
 * @param refused records what he may not
 */
public record Entrance(Authentication authentication, MediaAccess media, RefusedActs refused) {}
