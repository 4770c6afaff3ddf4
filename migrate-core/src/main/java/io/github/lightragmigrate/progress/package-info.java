/** What a run tells while it goes on. */
@NullMarked
package io.github.lightragmigrate.progress;

import org.jspecify.annotations.NullMarked;
