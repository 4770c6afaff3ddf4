/** Repeats what may pass. */
@NullMarked
package io.github.lightragmigrate.retry;

import org.jspecify.annotations.NullMarked;
