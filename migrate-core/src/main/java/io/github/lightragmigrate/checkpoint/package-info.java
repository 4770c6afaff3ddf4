/**
 * How far a migration is, kept in a file.
 *
 * <p>The engine's own, and no API: it changes without notice.
 */
@NullMarked
package io.github.lightragmigrate.checkpoint;

import org.jspecify.annotations.NullMarked;
