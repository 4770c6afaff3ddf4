package io.github.lightragmigrate.report;

/**
 * Source or target of a migration.
 *
 * @param storage {@code RedisKVStorage}
 * @param workspace empty for none
 * @param location where it is, without credentials
 */
public record Side(String storage, String workspace, String location) {}
