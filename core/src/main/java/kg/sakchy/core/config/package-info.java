/** Typed configuration: one record per subject, validated when built, defaults in one place. */
package kg.sakchy.core.config;
