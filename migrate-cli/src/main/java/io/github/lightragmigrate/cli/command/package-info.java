@NullMarked
package io.github.lightragmigrate.cli.command;

import org.jspecify.annotations.NullMarked;
