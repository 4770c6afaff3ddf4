@NullMarked
package io.github.lightragmigrate.reading;

import org.jspecify.annotations.NullMarked;
