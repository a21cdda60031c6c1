/**
 * End to end: a server in a process of its own, cameras of ours and of others, and other people's
 * players as judges.
 */
package kg.sakchy.server.e2e;
