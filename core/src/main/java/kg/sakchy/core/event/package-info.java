/**
 * What cameras report and what is remarked about them: values and the event log port; no threads.
 */
package kg.sakchy.core.event;
