@NullMarked
package io.github.lightragmigrate.cli;

import org.jspecify.annotations.NullMarked;
