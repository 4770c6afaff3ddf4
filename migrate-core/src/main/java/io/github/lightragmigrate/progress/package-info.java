@NullMarked
package io.github.lightragmigrate.progress;

import org.jspecify.annotations.NullMarked;
