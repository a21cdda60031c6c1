/** The object store port: where sealed segments live. */
package kg.sakchy.core.storage;
