@NullMarked
package io.github.lightragmigrate.migration;

import org.jspecify.annotations.NullMarked;
