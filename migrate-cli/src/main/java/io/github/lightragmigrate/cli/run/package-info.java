@NullMarked
package io.github.lightragmigrate.cli.run;

import org.jspecify.annotations.NullMarked;
