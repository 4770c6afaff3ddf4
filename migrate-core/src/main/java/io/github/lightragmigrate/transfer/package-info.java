/**
 * From chunks of the source to writes in the target.
 *
 * <p>The engine's own, and no API: it changes without notice.
 */
@NullMarked
package io.github.lightragmigrate.transfer;

import org.jspecify.annotations.NullMarked;
