/** Reads the parts of a source and fills chunks. */
@NullMarked
package io.github.lightragmigrate.reading;

import org.jspecify.annotations.NullMarked;
