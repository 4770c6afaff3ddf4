@NullMarked
package io.github.lightragmigrate.cli.terminal;

import org.jspecify.annotations.NullMarked;
