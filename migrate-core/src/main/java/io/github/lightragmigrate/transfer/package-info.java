/** From chunks of the source to writes in the target. */
@NullMarked
package io.github.lightragmigrate.transfer;

import org.jspecify.annotations.NullMarked;
