/**
 * The failure log as a source.
 *
 * <p>The engine's own, and no API: it changes without notice.
 */
@NullMarked
package io.github.lightragmigrate.replay;

import org.jspecify.annotations.NullMarked;
