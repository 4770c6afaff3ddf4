/** What became of the records, and what is told of it. */
@NullMarked
package io.github.lightragmigrate.report;

import org.jspecify.annotations.NullMarked;
