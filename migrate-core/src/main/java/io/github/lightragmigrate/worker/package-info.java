/** Threads that end with their run. */
@NullMarked
package io.github.lightragmigrate.worker;

import org.jspecify.annotations.NullMarked;
