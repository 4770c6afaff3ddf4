@NullMarked
package io.github.lightragmigrate.postgres;

import org.jspecify.annotations.NullMarked;
