@NullMarked
package io.github.lightragmigrate.cli.adapters;

import org.jspecify.annotations.NullMarked;
