/**
 * Reads the parts of a source and fills chunks.
 *
 * <p>The engine's own, and no API: it changes without notice.
 */
@NullMarked
package io.github.lightragmigrate.reading;

import org.jspecify.annotations.NullMarked;
