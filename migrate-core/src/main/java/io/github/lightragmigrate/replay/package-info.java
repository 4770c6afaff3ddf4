/** The failure log as a source. */
@NullMarked
package io.github.lightragmigrate.replay;

import org.jspecify.annotations.NullMarked;
