package kg.sakchy.core.stream;

import java.time.Instant;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.recording.GapCause;

/**
 * Why nothing comes from a camera just now. The stream tries again by itself until it is closed.
 *
 * @param cause whose fault it is, for the gap ledger
 * @param kind the class of the error
 * @param message one sentence for people: "the camera refused user and password"; no credentials in
 *     it
 * @param at UTC when it began
 */
public record Interruption(GapCause cause, ErrorKind kind, String message, Instant at) {}
