@NullMarked
package io.github.lightragmigrate.checkpoint;

import org.jspecify.annotations.NullMarked;
