@NullMarked
package io.github.lightragmigrate.spi;

import org.jspecify.annotations.NullMarked;
