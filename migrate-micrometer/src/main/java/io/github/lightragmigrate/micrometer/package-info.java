/** Meters of a migration for Micrometer. */
@NullMarked
package io.github.lightragmigrate.micrometer;

import org.jspecify.annotations.NullMarked;
