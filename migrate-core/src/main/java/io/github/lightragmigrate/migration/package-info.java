/** The way in: migrations, verifications and replays between two opened places. */
@NullMarked
package io.github.lightragmigrate.migration;

import org.jspecify.annotations.NullMarked;
