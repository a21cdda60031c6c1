/** Tests of certificates: their files, what is wrong with them, and their renewal. */
package kg.sakchy.server.tls;
