package io.github.lightragmigrate.cli.doctor;

import io.github.lightragmigrate.spi.Counts;
import java.util.Optional;

/**
 * The cache of one workspace.
 *
 * @param selected the workspace that the settings name
 * @param legacy records in the form of older LightRAG releases
 * @param problem why it could not be counted
 */
public record Holding(
    String workspace, boolean selected, Counts counts, long legacy, Optional<String> problem) {}
