@NullMarked
package io.github.lightragmigrate.replay;

import org.jspecify.annotations.NullMarked;
