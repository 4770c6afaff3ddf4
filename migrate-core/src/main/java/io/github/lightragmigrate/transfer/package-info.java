@NullMarked
package io.github.lightragmigrate.transfer;

import org.jspecify.annotations.NullMarked;
