/** Who may see what: the rights that travel in an address; no threads. */
package kg.sakchy.core.access;
