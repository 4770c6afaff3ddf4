package io.github.lightragmigrate.postgres;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** A record as the table holds it, without the workspace; times are UTC. */
record CacheRow(
    String id,
    @Nullable StoredText originalPrompt,
    @Nullable StoredText returnValue,
    @Nullable String chunkId,
    @Nullable String cacheType,
    @Nullable String queryparam,
    LocalDateTime createTime,
    LocalDateTime updateTime) {}
