/** How far a migration is, kept in a file. */
@NullMarked
package io.github.lightragmigrate.checkpoint;

import org.jspecify.annotations.NullMarked;
