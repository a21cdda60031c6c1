/**
 * How requests come in and answers go out: the contract, problems, limits, parsing of what clients
 * send.
 *
 * <p>Threads: handlers run on the event loop and never block; an {@link
 * kg.sakchy.web.http.Operation} runs on a virtual thread of its own and may. Values are immutable.
 */
package kg.sakchy.web.http;
