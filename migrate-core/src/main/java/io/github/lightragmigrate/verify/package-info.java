/**
 * Compares source and target.
 *
 * <p>The engine's own, and no API: it changes without notice.
 */
@NullMarked
package io.github.lightragmigrate.verify;

import org.jspecify.annotations.NullMarked;
