package kg.sakchy.core.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a person proves who it is.
 *
 * @param account whose it is
 * @param password the hash of the password, or null: nobody comes in by a password
 * @param mustChange whether the password is only good for choosing another one
 * @param totp the key of the second factor, or null without one
 * @param failures sign-ins that failed since the last one that did not
 * @param lastFailureAt when the last of them was, or null
 */
public record Credential(
    AccountId account,
    @Nullable PasswordHash password,
    boolean mustChange,
    @Nullable TotpSecret totp,
    int failures,
    @Nullable Instant lastFailureAt) {}
