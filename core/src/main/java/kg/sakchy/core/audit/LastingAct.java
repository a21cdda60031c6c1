package kg.sakchy.core.audit;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import kg.sakchy.core.access.Actor;
import kg.sakchy.core.camera.CameraId;

/**
 * Something that somebody does for a while.
 *
 * @param actor who does it
 * @param action what is done: {@link AuditAction#VIEW_LIVE}, {@link AuditAction#VIEW_ARCHIVE},
 *     {@link AuditAction#STEER}
 * @param camera to what
 * @param way by which protocol, such as {@code hls}
 */
public record LastingAct(Actor actor, AuditAction action, CameraId camera, String way) {
  /** The record of a part of it. */
  AuditEvent event(Instant at, SortedMap<String, String> details) {
    SortedMap<String, String> all = new TreeMap<>(details);
    all.put("way", way);
    return new AuditEvent(
        at,
        actor.name(),
        actor.origin(),
        action,
        "camera " + camera,
        "",
        AuditEvent.Result.DONE,
        all);
  }
}
