/**
 * What this server shows of itself over TLS: keys with their certificates, the names in them, and a
 * holder of the present one that every listener asks.
 *
 * <p>Threads: values are immutable; {@link kg.sakchy.core.tls.CurrentCertificate} is safe for use
 * by many threads. See {@code design/tls.md}.
 */
package kg.sakchy.core.tls;
