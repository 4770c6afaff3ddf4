package io.github.lightragmigrate.progress;

import java.time.Duration;

/**
 * A call that failed and is made again.
 *
 * @param what the call, for people: {@code reading}
 * @param failedAttempts so far
 * @param attempts at the most
 * @param delay until the next one
 * @param reason of the failure
 */
public record RetryEvent(
    String what, int failedAttempts, int attempts, Duration delay, String reason) {}
