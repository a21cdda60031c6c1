/** Live pictures for people and systems that watch; values and ports; no threads. */
package kg.sakchy.core.live;
