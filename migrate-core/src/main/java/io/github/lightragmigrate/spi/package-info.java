/** What the author of an adapter sees: records, pages, settings and errors. */
@NullMarked
package io.github.lightragmigrate.spi;

import org.jspecify.annotations.NullMarked;
