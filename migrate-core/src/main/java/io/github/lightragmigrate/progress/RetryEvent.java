package io.github.lightragmigrate.progress;

import java.time.Duration;

/**
 * A call that failed and is made again.
 *
 * @param what the call, for people: {@code reading}
 * @param failedAttempts so far
 * @param delay until the next one
 * @param left time until it is given up
 * @param reason of the failure
 */
public record RetryEvent(
    String what, int failedAttempts, Duration delay, Duration left, String reason) {}
