/**
 * Finds cameras: WS-Discovery (2005/04) on every network interface, announcements of devices that
 * come and go, and scans of address ranges. {@link kg.sakchy.onvif.discovery.NetworkDiscovery} is
 * the only class others use.
 *
 * <p>Threads: searches run on virtual threads of their own and tell their listener from one of them
 * at a time; datagrams are hostile and bounded.
 */
@NullMarked
package kg.sakchy.onvif.discovery;

import org.jspecify.annotations.NullMarked;
