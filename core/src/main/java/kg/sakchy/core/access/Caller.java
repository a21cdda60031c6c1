package kg.sakchy.core.access;

import kg.sakchy.core.account.AccountId;

/**
 * Who asks, proved.
 *
 * @param account the account
 * @param displayName what other people are shown
 * @param origin how it came in and from where, for the audit: {@code session 4f2a from 10.1.2.3}
 */
public record Caller(AccountId account, String displayName, String origin) {}
