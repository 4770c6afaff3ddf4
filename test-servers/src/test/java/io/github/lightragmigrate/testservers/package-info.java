@NullMarked
package io.github.lightragmigrate.testservers;

import org.jspecify.annotations.NullMarked;
