/**
 * What makes the audit provable: the canonical form and hash of a record, the Merkle tree over all
 * of them, signed checkpoints, exports, and their verification, which needs no server. Formats: see
 * {@code ref/audit-format.md}; reasons: {@code design/audit.md}.
 *
 * <p>Threads: values are immutable; the rest says its own rule.
 */
@NullMarked
package kg.sakchy.storage.audit;

import org.jspecify.annotations.NullMarked;
