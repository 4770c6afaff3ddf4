/**
 * Threads that end with their run.
 *
 * <p>The engine's own, and no API: it changes without notice.
 */
@NullMarked
package io.github.lightragmigrate.worker;

import org.jspecify.annotations.NullMarked;
