/** Compares source and target. */
@NullMarked
package io.github.lightragmigrate.verify;

import org.jspecify.annotations.NullMarked;
