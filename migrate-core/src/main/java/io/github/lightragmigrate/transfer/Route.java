package io.github.lightragmigrate.transfer;

import io.github.lightragmigrate.retry.Retrier;
import io.github.lightragmigrate.spi.CacheStore;

/** From where to where, each with how its calls are tried again. */
public record Route(
    CacheStore source, Retrier sourceRetrier, CacheStore target, Retrier targetRetrier) {}
