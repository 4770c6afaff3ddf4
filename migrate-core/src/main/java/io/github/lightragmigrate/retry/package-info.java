/**
 * Repeats what may pass.
 *
 * <p>The engine's own, and no API: it changes without notice.
 */
@NullMarked
package io.github.lightragmigrate.retry;

import org.jspecify.annotations.NullMarked;
