package io.github.lightragmigrate.progress;

import java.time.Duration;

/**
 * A call by which the target took records: a batch, a part of one, or what was left of one to try
 * again. A call that failed as a whole is a {@link RetryEvent} or the end of the run.
 *
 * @param records that it took
 * @param bytes of the records that it was given, about, in UTF-8
 * @param duration of the call
 */
public record WriteEvent(int records, long bytes, Duration duration) {}
