@NullMarked
package io.github.lightragmigrate.cli.wizard;

import org.jspecify.annotations.NullMarked;
