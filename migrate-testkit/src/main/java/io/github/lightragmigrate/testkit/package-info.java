@NullMarked
package io.github.lightragmigrate.testkit;

import org.jspecify.annotations.NullMarked;
