/**
 * The web server: REST after a contract, archive downloads, health, metrics and the first page.
 *
 * <p>Threads: {@link kg.sakchy.web.WebServer} may be started and closed from any thread; requests
 * are read and answered on its event loops, operations run on virtual threads.
 */
package kg.sakchy.web;
