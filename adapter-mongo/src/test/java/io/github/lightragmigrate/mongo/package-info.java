@NullMarked
package io.github.lightragmigrate.mongo;

import org.jspecify.annotations.NullMarked;
