package io.github.lightragmigrate.spi;

/**
 * A record that is in the store and cannot be understood.
 *
 * @param key the cache key
 * @param reason what is wrong, for people
 * @param text what was found, as far as it is text; may be empty
 */
public record UnreadableRecord(String key, String reason, String text) {}
