/**
 * Who may come in: people and programs, and how they prove that it is them. Values and ports;
 * values are immutable, ports say their own thread rules.
 */
@NullMarked
package kg.sakchy.core.account;

import org.jspecify.annotations.NullMarked;
