package kg.sakchy.web.http;

import io.vertx.ext.web.RoutingContext;

/**
 * A request that was let in.
 *
 * @param operation id of what it asks for
 * @param call what it says
 * @param context where it is answered
 */
record Admitted(String operation, Call call, RoutingContext context) {}
