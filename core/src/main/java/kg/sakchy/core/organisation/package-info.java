/**
 * The tree of who is responsible for what: ministry, regions, districts, sites, and the cameras of
 * the sites. Values and ports; values are immutable, ports say their own thread rules.
 */
@NullMarked
package kg.sakchy.core.organisation;

import org.jspecify.annotations.NullMarked;
